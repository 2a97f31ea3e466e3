package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Stops containers of one pod as the kubelet does: says so, runs the preStop hook, sends the stop signal, and KILL once the
 * grace is used up; the hook's time counts. Called under its pod's worker's lock.
 */
final class ContainerStop {
    /** However little grace is left, a process has this long to go by itself. */
    static final long LEAST_GRACE = 2;

    private final NodeAgent node;
    private final PodWorker worker;

    ContainerStop(NodeAgent node, PodWorker worker) {
        this.node = node;
        this.worker = worker;
    }

    /** Stops a container by itself. */
    void stop(ContainerRecord record, long grace, String message) {
        Container container = record.container;
        Instant end = node.clock().now().plusSeconds(grace);
        tell(record, grace, message, () -> {
            if (container != null) {
                signal(container, secondsUntil(end));
            }
        });
    }

    /** Says that a container is stopped and runs its hook; then goes on. */
    void tell(ContainerRecord record, long grace, String message, Runnable then) {
        record.probes.stream()
                .filter(probe -> probe.type() != ProbeLoop.Type.READINESS)
                .forEach(ProbeLoop::stop);
        node.events().pod(worker.pod(), record.fieldPath(), "Normal", "Killing", message);
        if (record.spec().at("lifecycle", "preStop") == null || grace <= 0 || record.container == null) {
            then.run();
            return;
        }
        NetworkNamespace network = worker.network();
        CompletableFuture<String> hook = node.prober()
                .hook(
                        KubeObject.of(record.spec().map("lifecycle", "preStop")),
                        record,
                        network == null ? "" : network.ip(),
                        worker.fullName());
        CompletableFuture<Void> over = new CompletableFuture<>();
        ClusterClock.Timeout limit = node.clock().after(Duration.ofSeconds(grace), () -> over.complete(null));
        CompletableFuture<Void> unused = hook.thenAccept(problem -> {
            if (!problem.isEmpty()) {
                String path = record.fieldPath();
                node.events().pod(worker.pod(), path, "Warning", "FailedPreStopHook", "PreStopHook failed");
            }
            over.complete(null);
        });
        CompletableFuture<Void> unusedToo = over.thenRun(() -> {
            limit.cancel();
            node.execute(() -> {
                synchronized (worker) {
                    then.run();
                }
            });
        });
    }

    long secondsUntil(Instant end) {
        return Math.max(LEAST_GRACE, Duration.between(node.clock().now(), end).toSeconds());
    }

    /** Asks process 1 to end, and makes it after the grace period. */
    void signal(Container container, long grace) {
        container.stop();
        ClusterClock.Timeout kill = node.clock().after(Duration.ofSeconds(grace), container::kill);
        CompletableFuture<Void> unused = container.exit().thenAccept(exit -> kill.cancel());
    }
}
