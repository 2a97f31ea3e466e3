package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pod goes first when there are too many: without a node, pending, not ready, ready for a short time, often restarted,
 * young. Ranked, cheap ones by annotation and crowded ones come before those that are ready for a short time, and times count
 * by orders of magnitude; what is alike then goes by uid. Models {@code ActivePods} and {@code ActivePodsWithRanks}.
 */
final class DeletionOrder implements Comparator<KubeObject> {
    /** As Jobs and DaemonSets sort. */
    static final DeletionOrder UNRANKED = new DeletionOrder(List.of(), null);

    private final Map<String, Integer> onNode = new HashMap<>();
    private final @Nullable Instant now;

    /**
     * The ranked order.
     *
     * @param related pods that must not crowd on a node
     */
    DeletionOrder(List<KubeObject> related, @Nullable Instant now) {
        this.now = now;
        for (KubeObject pod : related) {
            if (PodState.isActive(pod)) {
                onNode.merge(pod.text("spec", "nodeName"), 1, Integer::sum);
            }
        }
    }

    @Override
    public int compare(KubeObject a, KubeObject b) {
        int order = Boolean.compare(
                !a.text("spec", "nodeName").isEmpty(),
                !b.text("spec", "nodeName").isEmpty());
        if (order == 0) {
            order = Integer.compare(phase(a), phase(b));
        }
        if (order == 0) {
            order = Boolean.compare(PodState.isReady(a), PodState.isReady(b));
        }
        if (order == 0 && now != null) {
            order = Long.compare(cost(a), cost(b));
        }
        if (order == 0) {
            order = Integer.compare(crowd(b), crowd(a));
        }
        if (order == 0 && PodState.isReady(a)) {
            order = compare(a, b, readySince(a), readySince(b));
        }
        if (order == 0) {
            order = Long.compare(restarts(b, false), restarts(a, false));
        }
        if (order == 0) {
            order = Long.compare(restarts(b, true), restarts(a, true));
        }
        return order != 0 ? order : compare(a, b, PodState.created(a), PodState.created(b));
    }

    private static int phase(KubeObject pod) {
        return switch (pod.text("status", "phase")) {
            case "Pending", "" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }

    private static long cost(KubeObject pod) {
        try {
            return Integer.parseInt(pod.annotations().getOrDefault("controller.kubernetes.io/pod-deletion-cost", "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private int crowd(KubeObject pod) {
        return onNode.getOrDefault(pod.text("spec", "nodeName"), 0);
    }

    private static Instant readySince(KubeObject pod) {
        return PodState.time(Trees.text(Trees.condition(pod, "Ready"), "lastTransitionTime"));
    }

    /** The most restarts of one container. */
    private static long restarts(KubeObject pod, boolean ofSidecars) {
        Set<String> sidecars = new HashSet<>();
        pod.maps("spec", "initContainers").stream()
                .filter(container -> "Always".equals(container.get("restartPolicy")))
                .forEach(container -> sidecars.add(Trees.text(container, "name")));
        return pod.maps("status", ofSidecars ? "initContainerStatuses" : "containerStatuses").stream()
                .filter(status -> !ofSidecars || sidecars.contains(Trees.text(status, "name")))
                .mapToLong(status -> Trees.number(status, "restartCount", 0))
                .max()
                .orElse(0);
    }

    /** The later first; by orders of magnitude, and then by uid, where ranks count. */
    private int compare(KubeObject a, KubeObject b, Instant since, Instant other) {
        if (since.equals(other)) {
            return 0;
        }
        if (now == null || since.equals(Instant.MIN) || other.equals(Instant.MIN)) {
            return since.equals(Instant.MIN) ? -1 : other.equals(Instant.MIN) ? 1 : other.compareTo(since);
        }
        int order = Integer.compare(magnitude(since, now), magnitude(other, now));
        return order != 0 ? order : a.uid().compareTo(b.uid());
    }

    /** The base-2 logarithm of an age in nanoseconds; the longer ago, the higher. */
    private static int magnitude(Instant since, Instant now) {
        long age = Duration.between(since, now).toNanos();
        return age <= 0 ? -1 : 63 - Long.numberOfLeadingZeros(age);
    }
}
