package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** Stateful sets, of whose spec little may change. */
final class StatefulSetRules extends WorkloadRules {
    private static final List<String> MUTABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    @Override
    public void change(KubeObject object, KubeObject old, FieldErrors errors) {
        if (!fixed(object).equals(fixed(old))) {
            errors.forbidden(
                    "spec",
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                            + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                            + " 'minReadySeconds' are forbidden");
        }
    }

    private static Map<String, Object> fixed(KubeObject object) {
        Map<String, Object> spec = KubeObject.copyOf(object.map("spec"));
        spec.keySet().removeAll(MUTABLE);
        return spec;
    }
}
