package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import dev.kuar.practice.object.Tolerations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which of the nodes that fit is best: the weights are those of the default profile. Ties go to the emptier node, then by name. */
final class Scores {
    private static final long MAX = 100;
    private static final long DEFAULT_CPU = 100;
    private static final long DEFAULT_MEMORY = 200L * 1024 * 1024;

    private final Affinity affinity;
    private final TopologySpread spread;

    Scores(Affinity affinity, TopologySpread spread) {
        this.affinity = affinity;
        this.spread = spread;
    }

    NodeState best(KubeObject pod, PodRequest request, List<NodeState> feasible, List<NodeState> all) {
        if (feasible.size() == 1) {
            return feasible.get(0);
        }
        List<Long> near = new ArrayList<>();
        List<Long> preferred = new ArrayList<>();
        List<Long> taints = new ArrayList<>();
        List<Long> crowds = new ArrayList<>();
        for (NodeState node : feasible) {
            near.add(affinity.score(pod, node, all));
            preferred.add(preferred(pod, node.node()));
            taints.add(-disliked(pod, node.node()));
            crowds.add(-spread.crowd(pod, node, all));
        }
        NodeState best = feasible.get(0);
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < feasible.size(); i++) {
            NodeState node = feasible.get(i);
            long score = resources(request, node)
                    + 2 * normal(near, i)
                    + 2 * normal(preferred, i)
                    + 3 * normal(taints, i)
                    + 2 * normal(crowds, i);
            boolean emptier = node.used("pods") < best.used("pods");
            if (score > highest || (score == highest && emptier)) {
                highest = score;
                best = node;
            }
        }
        return best;
    }

    /** Spreads values over 0 to 100; all the same give 0. */
    private static long normal(List<Long> values, int index) {
        long min = values.stream().mapToLong(v -> v).min().orElse(0);
        long max = values.stream().mapToLong(v -> v).max().orElse(0);
        return max == min ? 0 : (values.get(index) - min) * MAX / (max - min);
    }

    /** Least allocated, and cpu and memory in balance. */
    private static long resources(PodRequest request, NodeState node) {
        double cpu = share(Math.max(request.of("cpu"), DEFAULT_CPU) + node.used("cpu"), node.allocatable("cpu"));
        double memory =
                share(Math.max(request.of("memory"), DEFAULT_MEMORY) + node.used("memory"), node.allocatable("memory"));
        long least = (long) (((1 - cpu) + (1 - memory)) / 2 * MAX);
        long balance = (long) ((1 - Math.abs(cpu - memory) / 2) * MAX);
        return least + balance;
    }

    private static double share(long used, long allocatable) {
        return allocatable <= 0 ? 1 : Math.min(1, (double) used / allocatable);
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
