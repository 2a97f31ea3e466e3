package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.object.NodeSelection;
import dev.kuar.practice.object.Tolerations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Topology spread constraints; and for pods of a controller without any, an even spread over nodes. */
final class TopologySpread {
    @Nullable
    Verdict check(KubeObject pod, NodeState state, List<NodeState> all) {
        for (Map<String, Object> tree : pod.maps("spec", "topologySpreadConstraints")) {
            KubeObject constraint = KubeObject.of(tree);
            if (!constraint.text("whenUnsatisfiable").equals("DoNotSchedule")) {
                continue;
            }
            String key = constraint.text("topologyKey");
            String domain = state.node().labels().get(key);
            if (domain == null) {
                return new Verdict(
                        "node(s) didn't match pod topology spread constraints (missing required label)", false);
            }
            Map<String, Long> counts = counts(pod, constraint, key, all);
            long least = counts.values().stream().mapToLong(n -> n).min().orElse(0);
            if (counts.size() < constraint.number(1, "minDomains")) {
                least = 0;
            }
            long self = selector(constraint).matches(pod.labels()) ? 1 : 0;
            if (counts.getOrDefault(domain, 0L) + self - least > constraint.number(1, "maxSkew")) {
                return new Verdict("node(s) didn't match pod topology spread constraints", true);
            }
        }
        return null;
    }

    private static LabelSelector selector(KubeObject constraint) {
        return constraint.at("labelSelector") instanceof Map
                ? LabelSelector.ofObject(constraint.map("labelSelector"))
                : LabelSelector.NOTHING;
    }

    private static Map<String, Long> counts(KubeObject pod, KubeObject constraint, String key, List<NodeState> all) {
        LabelSelector selector = selector(constraint);
        boolean honorTaints = constraint.text("nodeTaintsPolicy").equals("Honor");
        boolean honorAffinity = !constraint.text("nodeAffinityPolicy").equals("Ignore");
        Map<String, Long> counts = new HashMap<>();
        for (NodeState node : all) {
            String domain = node.node().labels().get(key);
            boolean counted = domain != null
                    && (!honorAffinity || NodeSelection.matches(pod, node.node()))
                    && (!honorTaints
                            || Tolerations.tolerateAll(
                                    pod.maps("spec", "tolerations"),
                                    node.node().maps("spec", "taints"),
                                    List.of("NoSchedule", "NoExecute")));
            if (counted) {
                long here = node.pods().stream()
                        .filter(other -> !other.isTerminating()
                                && other.namespace().equals(pod.namespace())
                                && selector.matches(other.labels()))
                        .count();
                counts.merge(domain, here, Long::sum);
            }
        }
        return counts;
    }

    /** How crowded the node is with the pod's like; less is better. */
    long crowd(KubeObject pod, NodeState state, List<NodeState> all) {
        long crowd = 0;
        List<Map<String, Object>> constraints = pod.maps("spec", "topologySpreadConstraints");
        for (Map<String, Object> tree : constraints) {
            KubeObject constraint = KubeObject.of(tree);
            String key = constraint.text("topologyKey");
            String domain = state.node().labels().getOrDefault(key, "");
            crowd += counts(pod, constraint, key, all).getOrDefault(domain, 0L);
        }
        if (!constraints.isEmpty()) {
            return crowd;
        }
        return state.siblings(pod);
    }
}
