package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;

/** Autoscalers: what they scale, and between which counts. */
final class AutoscalerRules implements KindRules {
    @Override
    public void check(KubeObject hpa, FieldErrors errors) {
        for (String field : new String[] {"kind", "name"}) {
            if (hpa.text("spec", "scaleTargetRef", field).isEmpty()) {
                errors.required("spec.scaleTargetRef." + field, "");
            }
        }
        long min = hpa.number(1, "spec", "minReplicas");
        long max = hpa.number(0, "spec", "maxReplicas");
        if (min < 1) {
            errors.invalid("spec.minReplicas", min, "must be greater than or equal to 1");
        }
        if (max < 1) {
            errors.invalid("spec.maxReplicas", max, "must be greater than 0");
        }
        if (max < min) {
            errors.invalid("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`");
        }
    }
}
