package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events, of the core group and of {@code events.k8s.io}: they lie in the namespace of what they are about; newer ones
 * also say who reports and why.
 */
final class EventRules implements KindRules {
    private static final int LIMIT = 128;
    private static final int NOTE_LIMIT = 1024;

    /**
     * What no change may touch, in the order in which it is looked at.
     *
     * @param path where it stands
     * @param shown what the internal object calls it
     * @param type of Go, where it is a struct; {@code ""} for a text or a moment, {@code 0} for a number
     */
    private record Kept(String path, String shown, String type) {
        String text(@Nullable Object value) {
            if (value == null) {
                return type.equals("0")
                        ? "0"
                        : shown.endsWith("Timestamp") || shown.equals("related") ? "null" : "\"\"";
            }
            return value instanceof Map<?, ?> ? GoStructs.line(type, value) : FieldErrors.shown(value);
        }
    }

    private static final List<Kept> KEPT = List.of(
            new Kept("regarding", "involvedObject", "ObjectReference"),
            new Kept("reason", "reason", ""),
            new Kept("note", "message", ""),
            new Kept("deprecatedSource", "source", "EventSource"),
            new Kept("deprecatedFirstTimestamp", "firstTimestamp", ""),
            new Kept("deprecatedLastTimestamp", "lastTimestamp", ""),
            new Kept("deprecatedCount", "count", "0"),
            new Kept("reason", "reason", ""),
            new Kept("type", "type", ""),
            new Kept("eventTime", "eventTime", ""),
            new Kept("action", "action", ""),
            new Kept("related", "related", "ObjectReference"),
            new Kept("reportingController", "reportingController", ""),
            new Kept("reportingInstance", "reportingInstance", ""));

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
    }

    @Override
    public void creation(KubeObject event, FieldErrors errors) {
        if (strict) {
            series(event, errors);
            strictly(event, errors);
        }
    }

    private void newer(KubeObject event, String about, FieldErrors errors) {
        String namespace = event.namespace();
        if (about.isEmpty() && !namespace.equals("default") && !namespace.equals("kube-system")) {
            errors.invalid("involvedObject.namespace", about, "does not match event.namespace");
        }
        String controller = event.text(strict ? "reportingController" : "reportingComponent");
        String field = strict ? "reportingController" : "reportingComponent";
        if (controller.isEmpty()) {
            errors.required(field, "");
        }
        errors.syntax(field, controller, Syntax.qualifiedName(controller));
        bounded(event.text("reportingInstance"), "reportingInstance", errors);
        bounded(event.text("action"), "action", errors);
        bounded(event.text("reason"), "reason", errors);
        if (bytes(event.text(strict ? "note" : "message")) > NOTE_LIMIT) {
            errors.invalid("message", "", "can have at most " + NOTE_LIMIT + " characters");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void bounded(String text, String field, FieldErrors errors) {
        if (text.isEmpty()) {
            errors.required(field, "");
        }
        if (bytes(text) > LIMIT) {
            errors.invalid(field, "", "can have at most " + LIMIT + " characters");
        }
    }

    @Override
    public void change(KubeObject event, KubeObject old, FieldErrors errors) {
        if (!strict) {
            return;
        }
        if (!Objects.equals(event.at("series"), old.at("series"))) {
            series(event, errors);
        }
        for (Kept each : KEPT) {
            Object now = event.at(each.path());
            Object before = old.at(each.path());
            if (!Objects.equals(now, before)) {
                errors.invalidShown(each.shown(), each.text(now), "field is immutable");
            }
        }
    }

    private static void series(KubeObject event, FieldErrors errors) {
        if (event.at("series") != null) {
            if (event.number(0, "series", "count") < 2) {
                errors.invalid("series.count", "", "should be at least 2");
            }
            if (event.text("series", "lastObservedTime").isEmpty()) {
                errors.required("series.lastObservedTime", "");
            }
        }
    }

    private static void strictly(KubeObject event, FieldErrors errors) {
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
