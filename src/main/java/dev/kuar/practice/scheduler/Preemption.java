package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the node where evicting pods of lower priority makes room at the least cost. */
final class Preemption {
    static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
    static final String NO_VICTIMS = "No preemption victims found for incoming pod";

    private final Filters filters;

    Preemption(Filters filters) {
        this.filters = filters;
    }

    /** @param victims the lowest priority first */
    record Plan(NodeState node, List<KubeObject> victims) {
        long highest() {
            return victims.stream().mapToLong(Preemption::priority).max().orElse(Long.MIN_VALUE);
        }

        long sum() {
            return victims.stream().mapToLong(Preemption::priority).sum();
        }
    }

    static long priority(KubeObject pod) {
        return pod.number(0, "spec", "priority");
    }

    /**
     * The best plan, or null.
     *
     * @param outcomes gets why it would not help, each with its number of nodes
     */
    @Nullable
    Plan find(
            KubeObject pod,
            PodRequest request,
            Map<NodeState, List<Verdict>> refused,
            List<NodeState> all,
            Map<String, Integer> outcomes) {
        Plan best = null;
        Comparator<Plan> cheaper = Comparator.comparingLong(Plan::highest)
                .thenComparingLong(Plan::sum)
                .thenComparingInt(plan -> plan.victims().size())
                .thenComparing(plan -> plan.node().name());
        boolean never = pod.text("spec", "preemptionPolicy").equals("Never");
        for (Map.Entry<NodeState, List<Verdict>> entry : refused.entrySet()) {
            if (never || !entry.getValue().stream().allMatch(Verdict::resolvable)) {
                outcomes.merge(NOT_HELPFUL, 1, Integer::sum);
                continue;
            }
            List<KubeObject> victims = victims(pod, request, entry.getKey(), all);
            if (victims.isEmpty()) {
                outcomes.merge(NO_VICTIMS, 1, Integer::sum);
                continue;
            }
            Plan plan = new Plan(entry.getKey(), victims);
            if (best == null || cheaper.compare(plan, best) < 0) {
                best = plan;
            }
        }
        return best;
    }

    private List<KubeObject> victims(KubeObject pod, PodRequest request, NodeState node, List<NodeState> all) {
        List<KubeObject> lower = new ArrayList<>();
        for (KubeObject other : node.pods()) {
            if (priority(other) < priority(pod)) {
                lower.add(other);
            }
        }
        if (lower.isEmpty()) {
            return List.of();
        }
        NodeState without = node.copy();
        lower.forEach(without::remove);
        List<NodeState> view = new ArrayList<>(all);
        view.replaceAll(state -> state == node ? without : state);
        if (!filters.check(pod, request, without, view).isEmpty()) {
            return List.of();
        }
        lower.sort(Comparator.comparingLong(Preemption::priority).reversed());
        List<KubeObject> victims = new ArrayList<>();
        for (KubeObject candidate : lower) {
            without.add(candidate);
            if (!filters.check(pod, request, without, view).isEmpty()) {
                without.remove(candidate);
                victims.add(0, candidate);
            }
        }
        return victims;
    }
}
