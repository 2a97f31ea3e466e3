package dev.kuar.practice.api;

import dev.kuar.practice.object.FieldSelector;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a kind a list or a watch is about.
 *
 * @param namespace empty for all
 */
record Selection(Kind kind, String namespace, LabelSelector labels, FieldSelector fields) {
    /** Fields that read as {@code false} where they are absent. */
    private static final Set<String> FLAGS = Set.of("spec.unschedulable", "spec.hostNetwork");

    /** @throws dev.kuar.practice.object.ApiException 400 for selectors that cannot be read or name an unknown field */
    static Selection of(Kind kind, String namespace, String labelSelector, String fieldSelector) {
        LabelSelector labels = LabelSelector.parse(labelSelector);
        FieldSelector fields = FieldSelector.parse(fieldSelector);
        for (FieldSelector.Term term : fields.terms()) {
            check(kind, term.field());
        }
        return new Selection(kind, kind.namespaced() ? namespace : "", labels, fields);
    }

    private static void check(Kind kind, String field) {
        if (field.equals("metadata.name")
                || field.equals("metadata.namespace")
                || kind.fieldSelectors().contains(field)) {
            return;
        }
        if (kind.fieldSelectors().isEmpty() && !kind.isCustom()) {
            throw Statuses.badRequest(
                    "\"" + field + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        }
        String message =
                switch (kind.kind()) {
                    case "Job" -> "field label \"" + field + "\" not supported for Job";
                    case "ReplicaSet" -> "field label not supported for appsv1.ReplicaSet: " + field;
                    default -> "field label not supported: " + field;
                };
        throw Statuses.badRequest(message);
    }

    boolean isEverything() {
        return labels.isEverything() && fields.isEverything();
    }

    /** The one name that can match; empty for any. */
    String name() {
        return fields.required("metadata.name");
    }

    boolean matches(Stored stored) {
        if (isEverything()) {
            return true;
        }
        KubeObject object = stored.object();
        return labels.matches(object.labels()) && fields.matches(field -> value(object, field));
    }

    private static String value(KubeObject object, String field) {
        boolean event = object.kind().equals("Event");
        // A core event's source is an object with the name within.
        Object value = event && field.equals("source") ? null : object.at(field.split("\\."));
        if (value == null && event) {
            value = eventValue(object, field);
        }
        if (value == null) {
            return FLAGS.contains(field) ? "false" : "";
        }
        return String.valueOf(value);
    }

    /** Stored events have core's names; a selector of events.k8s.io or on {@code source} means other fields. */
    private static @Nullable Object eventValue(KubeObject object, String field) {
        if (field.equals("source")) {
            String component = object.text("source", "component");
            return component.isEmpty() ? object.at("reportingComponent") : component;
        }
        if (field.startsWith("regarding.")) {
            return object.at("involvedObject", field.substring("regarding.".length()));
        }
        return field.equals("reportingController") ? object.at("reportingComponent") : null;
    }
}
