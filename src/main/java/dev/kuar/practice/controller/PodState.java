package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.Map;

/** What controllers ask of a pod. */
final class PodState {
    private PodState() {}

    static boolean isReady(KubeObject pod) {
        return Trees.isTrue(pod, "Ready");
    }

    /** Neither finished nor on its way out. */
    static boolean isActive(KubeObject pod) {
        return !isFinished(pod) && !pod.isTerminating();
    }

    static boolean isFinished(KubeObject pod) {
        String phase = pod.text("status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** On its way out, and not finished. */
    static boolean isTerminating(KubeObject pod) {
        return pod.isTerminating() && !isFinished(pod);
    }

    /** When it became ready, or will count as available; the distant future when it is not ready. */
    static Instant availableAt(KubeObject pod, long minReadySeconds) {
        Map<String, Object> ready = Trees.condition(pod, "Ready");
        if (!"True".equals(ready.get("status"))) {
            return Instant.MAX;
        }
        Instant since = time(Trees.text(ready, "lastTransitionTime"));
        return minReadySeconds == 0 ? Instant.MIN : since.plusSeconds(minReadySeconds);
    }

    static boolean isAvailable(KubeObject pod, long minReadySeconds, Instant now) {
        return !availableAt(pod, minReadySeconds).isAfter(now);
    }

    /** Of all containers together. */
    static long restarts(KubeObject pod) {
        return pod.maps("status", "containerStatuses").stream()
                .mapToLong(status -> Trees.number(status, "restartCount", 0))
                .sum();
    }

    static Instant created(KubeObject object) {
        return time(object.text("metadata", "creationTimestamp"));
    }

    /** The distant past for what is no time. */
    static Instant time(String text) {
        return text.isEmpty() ? Instant.MIN : Instant.parse(text);
    }
}
