package dev.kuar.practice.extension;

import dev.kuar.practice.api.ObjectRules;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What flunders refer to: v1alpha1 has a reference and its type, v1beta1 a field for either type. Models defaults, conversion and
 * validation of k8s.io/sample-apiserver, where v1alpha1 keeps a reference only together with one of the two types.
 */
final class FlunderRules implements ObjectRules {
    private static final String FLUNDER = "Flunder";
    private static final String FISCHER = "Fischer";
    private static final String TYPE = "referenceType";

    @Override
    public void settle(Kind kind, KubeObject object) {
        if (!kind.kind().equals(FLUNDER)) {
            return;
        }
        Map<String, Object> spec = new LinkedHashMap<>(object.map("spec"));
        if (kind.version().equals("v1alpha1")) {
            if (text(spec, TYPE).isEmpty() && !text(spec, "reference").isEmpty()) {
                spec.put(TYPE, FLUNDER);
            }
            if (!isKnown(text(spec, TYPE))) {
                spec.clear();
            }
        }
        spec.values().removeIf(""::equals);
        object.set(spec, "spec");
        object.set(new LinkedHashMap<String, Object>(), "status");
    }

    private static boolean isKnown(String type) {
        return type.equals(FLUNDER) || type.equals(FISCHER);
    }

    private static String text(Map<String, Object> spec, String name) {
        return spec.get(name) instanceof String text ? text : "";
    }

    @Override
    public void convert(Kind kind, KubeObject object, String from, String to) {
        if (!kind.kind().equals(FLUNDER)) {
            return;
        }
        object.set(to.equals("v1alpha1") ? toAlpha(object.map("spec")) : toBeta(object.map("spec")), "spec");
    }

    private static Map<String, Object> toBeta(Map<String, Object> alpha) {
        Map<String, Object> beta = new LinkedHashMap<>();
        String type = text(alpha, TYPE);
        if (isKnown(type)) {
            String reference = text(alpha, "reference");
            if (!reference.isEmpty()) {
                beta.put(type.equals(FLUNDER) ? "flunderReference" : "fischerReference", reference);
            }
            beta.put(TYPE, type);
        }
        return beta;
    }

    private static Map<String, Object> toAlpha(Map<String, Object> beta) {
        Map<String, Object> alpha = new LinkedHashMap<>();
        String type = text(beta, TYPE);
        if (isKnown(type)) {
            String reference = text(beta, type.equals(FLUNDER) ? "flunderReference" : "fischerReference");
            if (!reference.isEmpty()) {
                alpha.put("reference", reference);
            }
            alpha.put(TYPE, type);
        }
        return alpha;
    }

    @Override
    public List<Map<String, Object>> errors(Kind kind, KubeObject object) {
        if (!kind.kind().equals(FLUNDER)) {
            return List.of();
        }
        Map<String, Object> given = object.map("spec");
        Map<String, Object> spec = kind.version().equals("v1alpha1") ? toBeta(given) : given;
        String flunder = text(spec, "flunderReference");
        String fischer = text(spec, "fischerReference");
        String type = text(spec, TYPE);
        if (!flunder.isEmpty() && !fischer.isEmpty()) {
            return with(type, "fischerReference", fischer, "cannot be set with flunderReference at the same time");
        }
        if (!flunder.isEmpty() && !type.equals(FLUNDER)) {
            return with(type, "flunderReference", flunder, "cannot be set if referenceType is not Flunder");
        }
        if (!fischer.isEmpty() && !type.equals(FISCHER)) {
            return with(type, "fischerReference", fischer, "cannot be set if referenceType is not Fischer");
        }
        if (fischer.isEmpty() && type.equals(FISCHER)) {
            return with(type, "fischerReference", "", "cannot be empty if referenceType is Fischer");
        }
        if (flunder.isEmpty() && type.equals(FLUNDER)) {
            return with(type, "flunderReference", "", "cannot be empty if referenceType is Flunder");
        }
        return type.isEmpty() || isKnown(type) ? List.of() : List.of(unknown(type));
    }

    private static List<Map<String, Object>> with(String type, String field, String value, String why) {
        Map<String, Object> cause = invalid(field, value, why);
        return type.isEmpty() || isKnown(type) ? List.of(cause) : List.of(cause, unknown(type));
    }

    private static Map<String, Object> unknown(String type) {
        return invalid(TYPE, type, "must be Flunder or Fischer");
    }

    private static Map<String, Object> invalid(String field, String value, String why) {
        return Statuses.cause(
                "FieldValueInvalid", "Invalid value: " + JsonWriter.text(value) + ": " + why, "spec." + field);
    }
}
