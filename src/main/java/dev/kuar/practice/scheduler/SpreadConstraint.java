package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.object.NodeSelection;
import dev.kuar.practice.object.Tolerations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A topology spread constraint of a pod, read. */
record SpreadConstraint(
        long maxSkew,
        String key,
        LabelSelector selector,
        long minDomains,
        boolean honorsAffinity,
        boolean honorsTaints) {

    /** @param action {@code DoNotSchedule} or {@code ScheduleAnyway} */
    static List<SpreadConstraint> of(KubeObject pod, String action) {
        List<SpreadConstraint> constraints = new ArrayList<>();
        for (Map<String, Object> tree : pod.maps("spec", "topologySpreadConstraints")) {
            KubeObject constraint = KubeObject.of(tree);
            if (constraint.text("whenUnsatisfiable").equals(action)) {
                constraints.add(new SpreadConstraint(
                        constraint.number(1, "maxSkew"),
                        constraint.text("topologyKey"),
                        selector(pod, constraint),
                        constraint.number(1, "minDomains"),
                        !constraint.text("nodeAffinityPolicy").equals("Ignore"),
                        constraint.text("nodeTaintsPolicy").equals("Honor")));
            }
        }
        return constraints;
    }

    private static LabelSelector selector(KubeObject pod, KubeObject constraint) {
        if (!(constraint.at("labelSelector") instanceof Map)) {
            return LabelSelector.NOTHING;
        }
        Map<String, Object> tree = new LinkedHashMap<>(constraint.map("labelSelector"));
        List<Object> expressions = new ArrayList<>(constraint.maps("labelSelector", "matchExpressions"));
        for (String key : constraint.texts("matchLabelKeys")) {
            String value = pod.labels().get(key);
            if (value != null) {
                expressions.add(Map.of("key", key, "operator", "In", "values", List.of(value)));
            }
        }
        tree.put("matchExpressions", expressions);
        return LabelSelector.ofObject(tree);
    }

    /** Whether the pods on the node count. */
    boolean includes(KubeObject pod, KubeObject node) {
        return (!honorsAffinity || NodeSelection.matches(pod, node))
                && (!honorsTaints
                        || Tolerations.tolerateAll(
                                pod.maps("spec", "tolerations"),
                                node.maps("spec", "taints"),
                                List.of("NoSchedule", "NoExecute")));
    }

    /** How many pods of the node count; a selector that selects everything counts none. */
    long count(KubeObject pod, NodeState node) {
        if (selector.isEverything() || selector == LabelSelector.NOTHING) {
            return 0;
        }
        String namespace = pod.namespace();
        long count = 0;
        for (KubeObject other : node.pods()) {
            if (other.namespace().equals(namespace) && selector.matches(other.labels()) && !other.isTerminating()) {
                count++;
            }
        }
        return count;
    }

    static boolean hasAllKeys(KubeObject node, List<SpreadConstraint> constraints) {
        return constraints.stream().allMatch(constraint -> node.labels().containsKey(constraint.key()));
    }
}
