package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pod goes first when there are too many: without a node, pending, not ready, cheap by annotation, crowded on its node,
 * ready for a short time, often restarted, young. Times count by orders of magnitude. Models {@code ActivePodsWithRanks}.
 */
final class DeletionOrder implements Comparator<KubeObject> {
    private final Map<String, Integer> readyOnNode = new HashMap<>();
    private final Instant now;

    DeletionOrder(List<KubeObject> related, Instant now) {
        this.now = now;
        for (KubeObject pod : related) {
            if (PodState.isReady(pod)) {
                readyOnNode.merge(pod.text("spec", "nodeName"), 1, Integer::sum);
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
        if (order == 0) {
            order = Long.compare(cost(a), cost(b));
        }
        if (order == 0) {
            order = Integer.compare(crowd(b), crowd(a));
        }
        if (order == 0) {
            order = Integer.compare(magnitude(readySince(a)), magnitude(readySince(b)));
        }
        if (order == 0) {
            order = Long.compare(PodState.restarts(b), PodState.restarts(a));
        }
        if (order == 0) {
            order = Integer.compare(magnitude(PodState.created(a)), magnitude(PodState.created(b)));
        }
        return order != 0 ? order : a.uid().compareTo(b.uid());
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
            return Long.parseLong(pod.annotations().getOrDefault("controller.kubernetes.io/pod-deletion-cost", "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private int crowd(KubeObject pod) {
        return readyOnNode.getOrDefault(pod.text("spec", "nodeName"), 0);
    }

    private static Instant readySince(KubeObject pod) {
        return PodState.isReady(pod)
                ? PodState.time(Trees.text(Trees.condition(pod, "Ready"), "lastTransitionTime"))
                : Instant.MIN;
    }

    /** The base-2 logarithm of an age in seconds; the longer ago, the higher. */
    private int magnitude(Instant since) {
        if (since.equals(Instant.MIN)) {
            return Integer.MAX_VALUE;
        }
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        return 64 - Long.numberOfLeadingZeros(seconds);
    }
}
