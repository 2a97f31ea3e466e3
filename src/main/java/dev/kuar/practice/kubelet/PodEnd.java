package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes a pod down: hooks, TERM, the grace period, KILL; sidecars after all others. Called under its worker's lock. */
final class PodEnd {
    private final NodeAgent node;
    private final PodWorker worker;
    private final ContainerLife life;
    private @Nullable Instant deadline;
    private boolean begun;

    PodEnd(NodeAgent node, PodWorker worker, ContainerLife life) {
        this.node = node;
        this.worker = worker;
        this.life = life;
    }

    /**
     * One step of the end.
     *
     * @return whether nothing runs any more
     */
    boolean advance(KubeObject pod, Instant now, boolean deleted) {
        long grace = deleted
                ? pod.number(30, "metadata", "deletionGracePeriodSeconds")
                : pod.number(30, "spec", "terminationGracePeriodSeconds");
        if (!begun) {
            begun = true;
            deadline = now.plusSeconds(grace);
            worker.records().stream()
                    .filter(r -> r.isRunning() && r.kind() != Kind.SIDECAR)
                    .forEach(r -> begin(r, grace));
            worker.wakeIn(Duration.ofSeconds(grace));
        }
        Instant by = deadline;
        if (by != null && now.plusSeconds(grace).isBefore(by)) {
            by = now.plusSeconds(grace);
            deadline = by;
            worker.wakeIn(Duration.ofSeconds(grace));
        }
        if (by != null && !now.isBefore(by)) {
            killAll();
        }
        boolean mains = worker.records().stream().anyMatch(r -> r.kind() != Kind.SIDECAR && alive(r));
        if (!mains) {
            stopSidecars(now);
        }
        return worker.records().stream().noneMatch(PodEnd::alive);
    }

    private static boolean alive(ContainerRecord record) {
        return record.isRunning() && record.container != null;
    }

    private void begin(ContainerRecord record, long grace) {
        life.silence(record);
        record.stopping = true;
        node.events().pod(worker.pod(), record.fieldPath(), "Normal", "Killing", "Stopping container " + record.name());
        Container container = record.container;
        if (container == null) {
            return;
        }
        if (record.spec().at("lifecycle", "preStop") == null || grace <= 0) {
            life.stop(record, grace);
            return;
        }
        NetworkNamespace network = worker.network();
        CompletableFuture<Void> unused = node.prober()
                .hook(
                        KubeObject.of(record.spec().map("lifecycle", "preStop")),
                        record,
                        network == null ? "" : network.ip())
                .thenAccept(problem -> {
                    if (!problem.isEmpty()) {
                        node.events()
                                .pod(
                                        worker.pod(),
                                        record.fieldPath(),
                                        "Warning",
                                        "FailedPreStopHook",
                                        "PreStopHook failed");
                    }
                    container.stop();
                });
    }

    /** Sidecars go once all others are done. */
    void stopSidecars(Instant now) {
        for (ContainerRecord record : worker.records()) {
            if (record.kind() == Kind.SIDECAR && record.isRunning() && !record.stopping) {
                Instant by = deadline;
                long grace = by == null
                        ? worker.pod().number(30, "spec", "terminationGracePeriodSeconds")
                        : Math.max(2, Duration.between(now, by).toSeconds());
                begin(record, grace);
            }
        }
    }

    void killAll() {
        worker.records().forEach(record -> {
            life.silence(record);
            Container container = record.container;
            if (container != null) {
                container.kill();
            }
        });
    }
}
