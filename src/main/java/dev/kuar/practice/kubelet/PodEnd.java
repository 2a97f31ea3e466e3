package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a pod down: all containers are told at once, and each is stopped once its hook is done; sidecars wait until all others
 * have ended, and then go one after the other, the last first. Called under its worker's lock.
 */
final class PodEnd {
    /** What pods that are evicted at once are left, in seconds. */
    static final long EVICTED_GRACE = 1;

    private final NodeAgent node;
    private final PodWorker worker;
    private final ContainerStop stop;
    private @Nullable Instant deadline;
    private long most = Long.MAX_VALUE;

    PodEnd(NodeAgent node, PodWorker worker, ContainerStop stop) {
        this.node = node;
        this.worker = worker;
        this.stop = stop;
    }

    /** Gives no more grace than this, in seconds, whatever the pod says. */
    void hurry(long seconds) {
        most = Math.min(most, seconds);
    }

    /**
     * One step of the end.
     *
     * @param deleted whether the pod's deletion says how much time there is, and not its specification
     * @return whether nothing runs any more
     */
    boolean advance(KubeObject pod, Instant now, boolean deleted) {
        long grace = Math.max(
                ContainerStop.LEAST_GRACE,
                deleted
                        ? pod.number(30, "metadata", "deletionGracePeriodSeconds")
                        : pod.number(30, "spec", "terminationGracePeriodSeconds"));
        grace = Math.min(grace, most);
        Instant by = deadline;
        if (by == null || now.plusSeconds(grace).isBefore(by)) {
            by = now.plusSeconds(grace);
            deadline = by;
            worker.wakeIn(Duration.ofSeconds(grace));
        }
        for (ContainerRecord record : worker.records()) {
            if (record.isRunning() && !record.stopping) {
                record.stopping = true;
                stop.tell(record, grace, "Stopping container " + record.name(), () -> {
                    record.mayGo = true;
                    advanceOrder();
                });
            }
        }
        if (!now.isBefore(by)) {
            for (ContainerRecord record : worker.records()) {
                Container container = record.container;
                if (record.signalled && container != null) {
                    container.kill();
                }
                record.mayGo = true;
            }
        }
        advanceOrder();
        return worker.records().stream().noneMatch(PodEnd::alive);
    }

    /** Sends the signal to every container whose turn it is. */
    private void advanceOrder() {
        Instant by = deadline;
        List<ContainerRecord> records = worker.records();
        for (int i = 0; i < records.size(); i++) {
            ContainerRecord record = records.get(i);
            Container container = record.container;
            if (record.mayGo && !record.signalled && container != null && record.isRunning() && by != null) {
                boolean late = !node.clock().now().isBefore(by);
                if (record.kind() != Kind.SIDECAR || late || isTurnOf(i)) {
                    record.signalled = true;
                    stop.signal(container, stop.secondsUntil(by));
                }
            }
        }
    }

    private boolean isTurnOf(int index) {
        List<ContainerRecord> records = worker.records();
        for (int i = 0; i < records.size(); i++) {
            ContainerRecord other = records.get(i);
            boolean before = other.kind() == Kind.MAIN || other.kind() == Kind.SIDECAR && i > index;
            if (before && alive(other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean alive(ContainerRecord record) {
        return record.isRunning() && record.container != null;
    }

    /** Whether nothing will run any more but sidecars, which then have no reason to. */
    static boolean isDue(KubeObject pod, List<ContainerRecord> records) {
        boolean failed = records.stream()
                .anyMatch(record -> record.kind() == Kind.INIT
                        && record.isTerminated()
                        && !record.succeeded()
                        && !RestartRules.restarts(pod, record, record.exitCode));
        boolean over = records.stream()
                .filter(record -> record.kind() == Kind.MAIN)
                .allMatch(record ->
                        record.isTerminated() && !record.again && !RestartRules.restarts(pod, record, record.exitCode));
        return (failed || over)
                && records.stream().anyMatch(record -> record.kind() == Kind.SIDECAR && record.isRunning());
    }

    /** Ends everything at once. */
    void killAll() {
        worker.records().forEach(record -> {
            record.probes.forEach(ProbeLoop::stop);
            Container container = record.container;
            if (container != null) {
                container.kill();
            }
        });
    }
}
