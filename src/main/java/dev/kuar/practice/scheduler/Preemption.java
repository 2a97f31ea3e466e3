package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the node where evicting pods of lower priority makes room at the least cost; DefaultPreemption of Kubernetes 1.36. */
final class Preemption {
    static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";

    private final Informer budgets;

    Preemption(Informer budgets) {
        this.budgets = budgets;
    }

    /**
     * What comes of it.
     *
     * @param node where there will be room; null for nowhere
     * @param victims the most important first
     * @param message why there is none; empty where there is
     * @param keeps whether the pod keeps the node that it was promised before
     */
    record Outcome(@Nullable String node, List<KubeObject> victims, String message, boolean keeps) {}

    private record Plan(NodeState node, List<KubeObject> victims, long violations) {
        long highest() {
            return priority(victims.get(0));
        }

        long sum() {
            return victims.stream()
                    .mapToLong(victim -> priority(victim) + Integer.MAX_VALUE + 1L)
                    .sum();
        }

        /** When the first of the most important victims started. */
        String earliest() {
            return victims.stream()
                    .filter(victim -> priority(victim) == highest())
                    .map(Preemption::started)
                    .min(Comparator.naturalOrder())
                    .orElse("");
        }
    }

    private static final Comparator<Plan> CHEAPER = Comparator.comparingLong(Plan::violations)
            .thenComparingLong(Plan::highest)
            .thenComparingLong(Plan::sum)
            .thenComparingInt(plan -> plan.victims().size())
            .thenComparing(Plan::earliest, Comparator.reverseOrder())
            .thenComparing(plan -> plan.node().name());

    static long priority(KubeObject pod) {
        return pod.number(0, "spec", "priority");
    }

    /** A pod that has not started counts as starting now. */
    private static String started(KubeObject pod) {
        String start = pod.text("status", "startTime");
        return start.isEmpty() ? "9999" : start;
    }

    /**
     * @param refused why not, of each node that was asked; those that are missing can't be helped
     * @param fits whether the pod fits on a node in a state, nominated pods counted in
     */
    Outcome find(
            KubeObject pod,
            Map<NodeState, List<Verdict>> refused,
            List<NodeState> all,
            Function<NodeState, List<Verdict>> fits) {
        String why = ineligible(pod, refused, all);
        if (!why.isEmpty()) {
            return new Outcome(null, List.of(), why, true);
        }
        Map<String, Integer> outcomes = new LinkedHashMap<>();
        Plan best = null;
        int hopeless = all.size();
        for (Map.Entry<NodeState, List<Verdict>> entry : refused.entrySet()) {
            if (!entry.getValue().stream().allMatch(Verdict::resolvable)) {
                continue;
            }
            hopeless--;
            List<String> reasons = new ArrayList<>();
            Plan plan = plan(pod, entry.getKey(), fits, reasons);
            reasons.forEach(reason -> outcomes.merge(reason, 1, Integer::sum));
            if (plan != null && (best == null || CHEAPER.compare(plan, best) < 0)) {
                best = plan;
            }
        }
        if (best != null) {
            return new Outcome(best.node().name(), best.victims(), "", false);
        }
        if (hopeless > 0) {
            outcomes.merge(NOT_HELPFUL, hopeless, Integer::sum);
        }
        return new Outcome(null, List.of(), FitFailure.summary(all.size(), outcomes), false);
    }

    private static String ineligible(KubeObject pod, Map<NodeState, List<Verdict>> refused, List<NodeState> all) {
        if (pod.text("spec", "preemptionPolicy").equals("Never")) {
            return "not eligible due to preemptionPolicy=Never.";
        }
        String promised = pod.text("status", "nominatedNodeName");
        for (NodeState node : all) {
            List<Verdict> verdicts = refused.get(node);
            if (!node.name().equals(promised)
                    || verdicts == null
                    || !verdicts.stream().allMatch(Verdict::resolvable)) {
                continue;
            }
            for (KubeObject other : node.pods()) {
                if (priority(other) < priority(pod) && goesForAnother(other)) {
                    return "not eligible due to a terminating pod on the nominated node.";
                }
            }
        }
        return "";
    }

    private static boolean goesForAnother(KubeObject pod) {
        return pod.isTerminating()
                && pod.maps("status", "conditions").stream()
                        .anyMatch(condition -> "DisruptionTarget".equals(condition.get("type"))
                                && "True".equals(condition.get("status"))
                                && "PreemptionByScheduler".equals(condition.get("reason")));
    }

    private @Nullable Plan plan(
            KubeObject pod, NodeState node, Function<NodeState, List<Verdict>> fits, List<String> reasons) {
        List<KubeObject> lower = new ArrayList<>();
        for (KubeObject other : node.pods()) {
            if (priority(other) < priority(pod)) {
                lower.add(other);
            }
        }
        if (lower.isEmpty()) {
            reasons.add(NO_VICTIMS);
            return null;
        }
        NodeState without = node.copy();
        lower.forEach(without::remove);
        List<Verdict> verdicts = fits.apply(without);
        if (!verdicts.isEmpty()) {
            verdicts.forEach(verdict -> reasons.add(verdict.reason()));
            return null;
        }
        Comparator<KubeObject> important =
                Comparator.comparingLong(Preemption::priority).reversed().thenComparing(Preemption::started);
        lower.sort(important);
        Set<String> violating = violating(lower);
        List<KubeObject> victims = new ArrayList<>();
        long violations = 0;
        for (boolean first : new boolean[] {true, false}) {
            for (KubeObject candidate : lower) {
                if (violating.contains(candidate.uid()) != first) {
                    continue;
                }
                without.add(candidate);
                if (!fits.apply(without).isEmpty()) {
                    without.remove(candidate);
                    victims.add(candidate);
                    violations += first ? 1 : 0;
                }
            }
        }
        victims.sort(important);
        return victims.isEmpty() ? null : new Plan(node, victims, violations);
    }

    /** The pods whose going would break a disruption budget, were all of them to go. */
    private Set<String> violating(List<KubeObject> pods) {
        Set<String> violating = new HashSet<>();
        Map<String, Long> allowed = new HashMap<>();
        for (KubeObject pod : pods) {
            for (KubeObject budget :
                    pod.labels().isEmpty() ? List.<KubeObject>of() : budgets.inNamespace(pod.namespace())) {
                LabelSelector selector = budget.at("spec", "selector") instanceof Map
                        ? LabelSelector.ofObject(budget.map("spec", "selector"))
                        : LabelSelector.NOTHING;
                if (selector.isEverything()
                        || !selector.matches(pod.labels())
                        || budget.map("status", "disruptedPods").containsKey(pod.name())) {
                    continue;
                }
                long left = allowed.getOrDefault(budget.uid(), budget.number(0, "status", "disruptionsAllowed")) - 1;
                allowed.put(budget.uid(), left);
                if (left < 0) {
                    violating.add(pod.uid());
                }
            }
        }
        return violating;
    }
}
