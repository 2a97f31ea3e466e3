package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Topology spread constraints that must hold, as the plugin PodTopologySpread of Kubernetes 1.36. */
final class TopologySpread {
    private static final String UNMET = "node(s) didn't match pod topology spread constraints";

    private final KubeObject pod;
    private final List<SpreadConstraint> constraints;

    /** Of each constraint, how many pods each place has. */
    private final List<Map<String, Long>> counts = new ArrayList<>();

    private final List<Long> least = new ArrayList<>();

    TopologySpread(KubeObject pod, List<NodeState> all) {
        this.pod = pod;
        this.constraints = SpreadConstraint.of(pod, "DoNotSchedule");
        for (SpreadConstraint constraint : constraints) {
            Map<String, Long> places = new HashMap<>();
            for (NodeState node : all) {
                if (SpreadConstraint.hasAllKeys(node.node(), constraints) && constraint.includes(pod, node.node())) {
                    places.merge(
                            node.node().labels().getOrDefault(constraint.key(), ""),
                            constraint.count(pod, node),
                            Long::sum);
                }
            }
            counts.add(places);
            least.add(
                    places.size() < constraint.minDomains()
                            ? 0
                            : places.values().stream()
                                    .mapToLong(count -> count)
                                    .min()
                                    .orElse(Integer.MAX_VALUE));
        }
    }

    @Nullable
    Verdict check(KubeObject node) {
        for (int i = 0; i < constraints.size(); i++) {
            SpreadConstraint constraint = constraints.get(i);
            String place = node.labels().get(constraint.key());
            if (place == null) {
                return Verdict.unresolvable(Plugin.POD_TOPOLOGY_SPREAD, UNMET + " (missing required label)");
            }
            long self = constraint.selector().matches(pod.labels()) ? 1 : 0;
            if (counts.get(i).getOrDefault(place, 0L) + self - least.get(i) > constraint.maxSkew()) {
                return Verdict.resolvable(Plugin.POD_TOPOLOGY_SPREAD, UNMET);
            }
        }
        return null;
    }
}
