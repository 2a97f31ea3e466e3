package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;

/**
 * Events, of the core group and of {@code events.k8s.io}: they lie in the namespace of what they are about; newer ones
 * also say who reports and why.
 */
final class EventRules implements KindRules {
    private static final int LIMIT = 128;
    private static final int NOTE_LIMIT = 1024;

    private final boolean strict;

    /** @param strict as {@code events.k8s.io} validates */
    EventRules(boolean strict) {
        this.strict = strict;
    }

    @Override
    public void check(KubeObject event, FieldErrors errors) {
        String about = event.text(strict ? "regarding" : "involvedObject", "namespace");
        String namespace = event.namespace();
        if (event.text("eventTime").isEmpty()) {
            boolean same = about.isEmpty() ? namespace.equals("default") : about.equals(namespace);
            if (!same) {
                errors.invalid("involvedObject.namespace", about, "does not match event.namespace");
            }
        } else {
            newer(event, about, errors);
        }
        if (strict) {
            strictly(event, errors);
        }
    }

    private void newer(KubeObject event, String about, FieldErrors errors) {
        String namespace = event.namespace();
        if (about.isEmpty() && !namespace.equals("default") && !namespace.equals("kube-system")) {
            errors.invalid("involvedObject.namespace", about, "does not match event.namespace");
        }
        String controller = event.text(strict ? "reportingController" : "reportingComponent");
        if (controller.isEmpty()) {
            errors.required("reportingController", "");
        }
        errors.syntax("reportingController", controller, Syntax.qualifiedName(controller));
        bounded(event.text("reportingInstance"), "reportingInstance", errors);
        bounded(event.text("action"), "action", errors);
        bounded(event.text("reason"), "reason", errors);
        if (event.text(strict ? "note" : "message").length() > NOTE_LIMIT) {
            errors.invalid("message", "", "can have at most " + NOTE_LIMIT + " characters");
        }
    }

    private static void bounded(String text, String field, FieldErrors errors) {
        if (text.isEmpty()) {
            errors.required(field, "");
        }
        if (text.length() > LIMIT) {
            errors.invalid(field, "", "can have at most " + LIMIT + " characters");
        }
    }

    private static void strictly(KubeObject event, FieldErrors errors) {
        if (event.at("series") != null) {
            if (event.number(0, "series", "count") < 2) {
                errors.invalid("series.count", "", "should be at least 2");
            }
            if (event.text("series", "lastObservedTime").isEmpty()) {
                errors.required("series.lastObservedTime", "");
            }
        }
        if (event.text("eventTime").isEmpty()) {
            errors.required("eventTime", "");
        }
        String type = event.text("type");
        if (!type.equals("Normal") && !type.equals("Warning")) {
            errors.invalid("type", "", "has invalid value: " + type);
        }
        if (!event.text("deprecatedFirstTimestamp").isEmpty()) {
            errors.invalid("firstTimestamp", "", "needs to be unset");
        }
        if (!event.text("deprecatedLastTimestamp").isEmpty()) {
            errors.invalid("lastTimestamp", "", "needs to be unset");
        }
        if (event.number(0, "deprecatedCount") != 0) {
            errors.invalid("count", "", "needs to be unset");
        }
        if (!event.text("deprecatedSource", "component").isEmpty()
                || !event.text("deprecatedSource", "host").isEmpty()) {
            errors.invalid("source", "", "needs to be unset");
        }
    }
}
