package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects pods that no kubelet ends: of nodes that have been gone for 40 s, that are going and never had a node or whose node
 * is tainted as out of service, and, where more than 12,500 pods have finished, the oldest of those.
 *
 * <p>Looks every 20 s while there is something to collect. Models the pod garbage collector of Kubernetes 1.36.
 */
final class PodGarbageCollector {
    private static final Key ALL = new Key("", "pods");
    private static final int FINISHED_KEPT = 12_500;
    private static final long QUARANTINE = 40;
    private static final Comparator<KubeObject> EVICTED_FIRST = Comparator.comparing(
                    (KubeObject pod) -> !pod.text("status", "reason").equals("Evicted"))
            .thenComparing(PodState::created)
            .thenComparing(KubeObject::name);

    private final ControllerContext context;
    private final ApiClient client;
    private final Informer pods;
    private final Informer nodes;
    private final Beat beat;
    private final Loop loop;

    /** Until when pods of nodes that are not there are left alone. */
    private final Map<String, Instant> quarantine = new HashMap<>();

    private volatile int finished;
    private volatile Instant last = Instant.MIN;

    private PodGarbageCollector(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("pod-garbage-collector");
        this.pods = context.informer(Kinds.PODS);
        this.nodes = context.informer(Kinds.NODES);
        this.beat = new Beat(context.instant(), Duration.ofSeconds(20));
        this.loop = context.loop("pod-garbage-collector", key -> collect());
    }

    static void start(ControllerContext context) {
        PodGarbageCollector collector = new PodGarbageCollector(context);
        context.listen(Kinds.NODES, (old, now) -> {
            if (now == null || isOutOfService(now)) {
                collector.soon();
            }
        });
        context.listen(Kinds.PODS, (old, now) -> {
            collector.count(old, now);
            if (now != null && collector.concerns(now)) {
                collector.soon();
            }
        });
    }

    private boolean concerns(KubeObject pod) {
        return isLost(pod)
                || isUnscheduledAndGoing(pod)
                || isHeldUp(pod)
                || PodState.isFinished(pod) && finished > FINISHED_KEPT;
    }

    /** Called on the one thread that tells of changes. */
    private void count(@Nullable KubeObject old, @Nullable KubeObject now) {
        int before = old != null && PodState.isFinished(old) ? 1 : 0;
        finished = finished - before + (now != null && PodState.isFinished(now) ? 1 : 0);
    }

    /** At the next beat, but not twice at one. */
    private void soon() {
        Instant next = beat.after(context.instant());
        next = next.isAfter(last) ? next : next.plus(beat.period());
        loop.addAfter(ALL, Duration.between(context.instant(), next));
    }

    private Next collect() {
        last = context.instant();
        Collection<KubeObject> all = pods.all();
        int surplus = finished - FINISHED_KEPT;
        if (surplus > 0) {
            all.stream()
                    .filter(PodState::isFinished)
                    .sorted(EVICTED_FIRST)
                    .limit(surplus)
                    .forEach(pod -> end(pod, false));
        }
        select(all, this::isHeldUp).forEach(pod -> end(pod, false));
        Set<String> gone = gone(all);
        select(all, pod -> gone.contains(pod.text("spec", "nodeName"))).forEach(pod -> end(pod, true));
        select(all, PodGarbageCollector::isUnscheduledAndGoing).forEach(pod -> end(pod, false));
        boolean more = !quarantine.isEmpty() || pods.all().stream().anyMatch(this::concerns);
        if (more) {
            soon();
        }
        return Next.ON_CHANGE;
    }

    private static List<KubeObject> select(Collection<KubeObject> pods, Predicate<KubeObject> which) {
        return pods.stream().filter(which).sorted(EVICTED_FIRST).toList();
    }

    /** The nodes that are gone for good. */
    private Set<String> gone(Collection<KubeObject> all) {
        Set<String> missing = all.stream()
                .filter(this::isLost)
                .map(pod -> pod.text("spec", "nodeName"))
                .collect(Collectors.toSet());
        quarantine.keySet().retainAll(missing);
        missing.forEach(node -> quarantine.putIfAbsent(node, context.due(context.instant(), QUARANTINE)));
        missing.removeIf(node -> quarantine.getOrDefault(node, Instant.MAX).isAfter(context.instant())
                || client.find(Kinds.NODES, "", node).isPresent());
        missing.forEach(quarantine::remove);
        return missing;
    }

    private boolean isLost(KubeObject pod) {
        String node = pod.text("spec", "nodeName");
        return !node.isEmpty() && nodes.find("", node).isEmpty();
    }

    private static boolean isUnscheduledAndGoing(KubeObject pod) {
        return pod.isTerminating() && pod.text("spec", "nodeName").isEmpty();
    }

    private boolean isHeldUp(KubeObject pod) {
        return pod.isTerminating()
                && nodes.find("", pod.text("spec", "nodeName"))
                        .filter(node -> !Trees.isTrue(node, "Ready") && isOutOfService(node))
                        .isPresent();
    }

    private static boolean isOutOfService(KubeObject node) {
        return node.maps("spec", "taints").stream()
                .anyMatch(taint -> "node.kubernetes.io/out-of-service".equals(taint.get("key")));
    }

    /** No kubelet will tell how it ended, so that whoever counts it waits no longer. */
    private void end(KubeObject pod, boolean lost) {
        if (!PodState.isFinished(pod)) {
            Map<String, Object> failed =
                    Trees.map("phase", "Failed", "observedGeneration", Trees.orNull(pod.generation()));
            PodConditions.patch(
                    context,
                    client,
                    pod,
                    failed,
                    lost ? "DeletionByPodGC" : "",
                    lost ? "PodGC: node no longer exists" : "");
        }
        PodConditions.delete(client, pod, 0);
    }
}
