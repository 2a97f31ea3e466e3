package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import dev.kuar.practice.object.Tolerations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which of the nodes that fit is best: plugins and weights are those of the default profile of Kubernetes 1.36. Ties, among
 * which upstream draws lots, go to the emptier node, then by name.
 */
final class Scores {
    private static final long MAX = 100;

    private final Affinity affinity;
    private final SpreadScore spread;

    Scores(Affinity affinity, SpreadScore spread) {
        this.affinity = affinity;
        this.spread = spread;
    }

    NodeState best(
            KubeObject pod, PodRequest request, List<NodeState> feasible, List<NodeState> all, DeviceRound devices) {
        if (feasible.size() == 1) {
            return feasible.get(0);
        }
        long[] scores = totals(pod, request, feasible, all);
        addDevices(scores, feasible, devices);
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            boolean emptier = feasible.get(i).used("pods") < feasible.get(best).used("pods");
            if (scores[i] > scores[best] || (scores[i] == scores[best] && emptier)) {
                best = i;
            }
        }
        return feasible.get(best);
    }

    private static void addDevices(long[] scores, List<NodeState> feasible, DeviceRound devices) {
        long[] early = new long[scores.length];
        for (int i = 0; i < early.length; i++) {
            early[i] = devices.score(feasible.get(i).name());
        }
        shareOfMost(early, false);
        for (int i = 0; i < early.length; i++) {
            scores[i] += 2 * early[i];
        }
    }

    /** What each node comes to, devices aside. */
    long[] totals(KubeObject pod, PodRequest request, List<NodeState> feasible, List<NodeState> all) {
        int count = feasible.size();
        long[] preferred = new long[count];
        long[] taints = new long[count];
        long[] near = new long[count];
        long[] resources = new long[count];
        Places places = affinity.scores(pod, all);
        List<String> images = ImageScore.names(pod);
        ImageScore locality = new ImageScore(images, all);
        for (int i = 0; i < count; i++) {
            NodeState node = feasible.get(i);
            preferred[i] = preferred(pod, node.node());
            taints[i] = disliked(pod, node.node());
            near[i] = places.sum(node.node());
            resources[i] = ResourceScore.leastAllocated(request, node)
                    + ResourceScore.balanced(request, node)
                    + locality.of(pod, node);
        }
        shareOfMost(preferred, false);
        shareOfMost(taints, true);
        betweenLeastAndMost(near);
        long[] spreads = spread.scores(pod, feasible, all);
        long[] totals = new long[count];
        for (int i = 0; i < count; i++) {
            totals[i] = resources[i] + 3 * taints[i] + 2 * preferred[i] + 2 * spreads[i] + 2 * near[i];
        }
        return totals;
    }

    private static void shareOfMost(long[] values, boolean reverse) {
        long most = Arrays.stream(values).max().orElse(0);
        for (int i = 0; i < values.length; i++) {
            long share = most == 0 ? 0 : MAX * values[i] / most;
            values[i] = reverse ? MAX - share : share;
        }
    }

    private static void betweenLeastAndMost(long[] values) {
        long least = Arrays.stream(values).min().orElse(0);
        long most = Arrays.stream(values).max().orElse(0);
        for (int i = 0; i < values.length; i++) {
            values[i] = most == least ? 0 : (long) (MAX * ((double) (values[i] - least) / (most - least)));
        }
    }

    private static long preferred(KubeObject pod, KubeObject node) {
        long sum = 0;
        for (Map<String, Object> tree :
                pod.maps("spec", "affinity", "nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution")) {
            KubeObject term = KubeObject.of(tree);
            if (NodeSelection.matchesTerm(KubeObject.of(term.map("preference")), node)) {
                sum += term.number(0, "weight");
            }
        }
        return sum;
    }

    private static long disliked(KubeObject pod, KubeObject node) {
        return node.maps("spec", "taints").stream()
                .filter(taint -> "PreferNoSchedule".equals(taint.get("effect")))
                .filter(taint -> pod.maps("spec", "tolerations").stream()
                        .noneMatch(toleration -> Tolerations.tolerates(toleration, taint)))
                .count();
    }
}
