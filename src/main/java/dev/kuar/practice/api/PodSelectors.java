package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what {@code matchLabelKeys} and {@code mismatchLabelKeys} of a new pod mean into the selectors beside them. */
final class PodSelectors {
    private PodSelectors() {}

    static void merge(KubeObject pod) {
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            for (Map<String, Object> weighted :
                    pod.maps("spec", "affinity", kind, "preferredDuringSchedulingIgnoredDuringExecution")) {
                merge(KubeObject.of(KubeObject.of(weighted).map("podAffinityTerm")), pod);
            }
            for (Map<String, Object> term :
                    pod.maps("spec", "affinity", kind, "requiredDuringSchedulingIgnoredDuringExecution")) {
                merge(KubeObject.of(term), pod);
            }
        }
        pod.maps("spec", "topologySpreadConstraints").forEach(constraint -> merge(KubeObject.of(constraint), pod));
    }

    /** A term without a selector selects nothing, whatever its keys. */
    private static void merge(KubeObject term, KubeObject pod) {
        if (term.at("labelSelector") instanceof Map) {
            merge(term, "matchLabelKeys", "In", pod);
            merge(term, "mismatchLabelKeys", "NotIn", pod);
        }
    }

    private static void merge(KubeObject term, String keys, String operator, KubeObject pod) {
        for (String key : term.texts(keys)) {
            String value = pod.labels().get(key);
            if (value != null) {
                List<Object> all = new ArrayList<>(term.maps("labelSelector", "matchExpressions"));
                Map<String, Object> expression = new LinkedHashMap<>();
                expression.put("key", key);
                expression.put("operator", operator);
                expression.put("values", new ArrayList<>(List.of(value)));
                all.add(expression);
                term.set(all, "labelSelector", "matchExpressions");
            }
        }
    }
}
