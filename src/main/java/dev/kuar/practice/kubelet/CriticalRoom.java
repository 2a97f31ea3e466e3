package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.PodResources;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pods a kubelet ends so that a critical one has room: as few as it can, those without requests first, guaranteed ones last.
 * Models {@code pkg/kubelet/preemption} of Kubernetes 1.36.
 */
final class CriticalRoom {
    private final List<PodWorker> bestEffort = new ArrayList<>();
    private final List<PodWorker> burstable = new ArrayList<>();
    private final List<PodWorker> guaranteed = new ArrayList<>();

    /** @param others the pods that the node has taken */
    CriticalRoom(PodWorker asking, List<PodWorker> others) {
        for (PodWorker other : others) {
            boolean yields = !other.isCritical()
                    || other.pod().number(0, "spec", "priority") < asking.pod().number(0, "spec", "priority");
            if (yields) {
                switch (Qos.of(other.pod())) {
                    case "Guaranteed" -> guaranteed.add(other);
                    case "Burstable" -> burstable.add(other);
                    default -> bestEffort.add(other);
                }
            }
        }
    }

    /**
     * Those that are to end.
     *
     * @param lacking by resource; cpu in thousandths of a core
     * @return empty where all of them together would not do
     */
    Optional<List<PodWorker>> victims(Map<String, Long> lacking) {
        List<PodWorker> all = joined(bestEffort, burstable, guaranteed);
        if (!without(lacking, all).isEmpty()) {
            return Optional.empty();
        }
        List<PodWorker> dear = nearest(guaranteed, without(lacking, joined(bestEffort, burstable)));
        List<PodWorker> middle = nearest(burstable, without(lacking, joined(bestEffort, dear)));
        List<PodWorker> cheap = nearest(bestEffort, without(lacking, joined(middle, dear)));
        return Optional.of(joined(cheap, middle, dear));
    }

    @SafeVarargs
    private static List<PodWorker> joined(List<PodWorker>... lists) {
        List<PodWorker> all = new ArrayList<>();
        for (List<PodWorker> list : lists) {
            all.addAll(list);
        }
        return all;
    }

    /** What would still be lacking without these. */
    private static Map<String, Long> without(Map<String, Long> lacking, List<PodWorker> pods) {
        Map<String, Long> left = new LinkedHashMap<>();
        lacking.forEach((name, amount) -> {
            long still = amount
                    - pods.stream().mapToLong(each -> request(each.pod(), name)).sum();
            if (still > 0) {
                left.put(name, still);
            }
        });
        return left;
    }

    private static List<PodWorker> nearest(List<PodWorker> pods, Map<String, Long> lacking) {
        List<PodWorker> open = new ArrayList<>(pods);
        List<PodWorker> chosen = new ArrayList<>();
        Map<String, Long> left = lacking;
        while (!left.isEmpty() && !open.isEmpty()) {
            PodWorker best = open.get(0);
            for (PodWorker each : open) {
                double distance = distance(each.pod(), left);
                double least = distance(best.pod(), left);
                if (distance < least || distance == least && isSmaller(each.pod(), best.pod())) {
                    best = each;
                }
            }
            open.remove(best);
            chosen.add(best);
            left = without(left, List.of(best));
        }
        return chosen;
    }

    /** How much of what is lacking a pod would leave, each resource weighing the same. */
    private static double distance(KubeObject pod, Map<String, Long> lacking) {
        double distance = 0;
        for (Map.Entry<String, Long> each : lacking.entrySet()) {
            double left = each.getValue() - request(pod, each.getKey());
            distance += left > 0 ? Math.pow(left / each.getValue(), 2) : 0;
        }
        return distance;
    }

    private static boolean isSmaller(KubeObject one, KubeObject other) {
        for (String name : List.of("memory", "cpu")) {
            if (request(one, name) != request(other, name)) {
                return request(one, name) < request(other, name);
            }
        }
        return true;
    }

    private static long request(KubeObject pod, String name) {
        if (name.equals("pods")) {
            return 1;
        }
        Quantity quantity = PodResources.sum(pod, "requests").getOrDefault(name, Quantity.ZERO);
        return name.equals("cpu") ? quantity.millis() : quantity.units();
    }
}
