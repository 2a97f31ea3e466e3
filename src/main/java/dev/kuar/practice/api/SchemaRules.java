package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Decoder;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The schema's rules as the verbs use them. */
final class SchemaRules {
    /** Fills in the defaults of a kind. */
    void complete(Kind kind, KubeObject object) {}

    /** Replaces the status by that of an object that has none yet. */
    void resetStatus(Kind kind, KubeObject object) {
        Object blank =
                kind.isCustom() ? null : Decoder.conform(kind, Map.of()).tree().get("status");
        object.set(blank, "status");
    }

    /** Puts the status of {@code from} into {@code object}. */
    void keepStatus(KubeObject object, KubeObject from) {
        object.set(from.at("status"), "status");
    }

    /** Field errors of a new object. */
    List<Map<String, Object>> createErrors(Kind kind, KubeObject object) {
        List<Map<String, Object>> causes = new ArrayList<>();
        if (object.name().isEmpty()) {
            causes.add(Statuses.cause(
                    "FieldValueRequired", "Required value: name or generateName is required", "metadata.name"));
        }
        return causes;
    }

    /** Field errors of a change; {@code subresource} is empty for the object itself. */
    List<Map<String, Object>> updateErrors(Kind kind, KubeObject object, KubeObject old, String subresource) {
        return new ArrayList<>();
    }
}
