package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.RuntimeError;
import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Starts, watches, and starts again the containers of one pod. Called under its worker's lock. */
final class ContainerLife {
    /** Who ran this long is taken for healthy: the next failure is its first. */
    private static final Duration GOOD_RUN = ContainerRecord.LONGEST_BACK_OFF.multipliedBy(2);

    /** A kubelet looks again ten to fifteen seconds after it could not do what it should; a pod's first events come sooner. */
    private static final Duration SYNC_RETRY = Duration.ofSeconds(10);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration RESYNC = Duration.ofMinutes(1);

    private static final int MOST_MESSAGE = 4096;

    private final NodeAgent node;
    private final PodWorker worker;
    private final ContainerStop stop;
    private final ContainerProbes probes;

    ContainerLife(NodeAgent node, PodWorker worker, ContainerStop stop) {
        this.node = node;
        this.worker = worker;
        this.stop = stop;
        this.probes = new ContainerProbes(node, worker, stop);
    }

    /**
     * Lets the containers' statuses tell what the attempts to start them have ended with: a kubelet writes a pod's status
     * before it works on the pod, so the outcome of its work shows the next time.
     */
    void tell(List<ContainerRecord> records, Instant now) {
        for (ContainerRecord record : records) {
            boolean due = record.hasFailed()
                    && !record.isRunning()
                    && !now.isBefore(record.lookAt)
                    && (!record.isTerminated() || wantsRestart(record));
            if (due && record.tell() && record.waitingReason().equals("CrashLoopBackOff")) {
                // It is about to be started again; until that is seen it waits.
                record.lookAt = now.plus(SOON);
                worker.wakeIn(SOON);
            }
        }
    }

    /** One step of an init, sidecar or main container; whether what comes after it may go on. */
    boolean step(ContainerRecord record, ContainerStarter starter, Instant now, boolean adopted) {
        if (record.isRunning() && record.container == null) {
            start(record, starter, now, adopted);
        } else if (record.isTerminated()) {
            restart(record, starter, now);
        } else if (!record.isRunning() && !now.isBefore(record.lookAt)) {
            start(record, starter, now, false);
        }
        return record.kind() == Kind.SIDECAR ? record.started : record.isRunning() || record.succeeded();
    }

    private void restart(ContainerRecord record, ContainerStarter starter, Instant now) {
        if (!wantsRestart(record) || now.isBefore(record.lookAt)) {
            return;
        }
        // Who was killed to be started again waits only where the run before ended a short time ago.
        Instant finished = record.again ? record.finishedBefore : record.finishedAt;
        record.again = false;
        if (finished == null) {
            start(record, starter, now, false);
            return;
        }
        if (Duration.between(record.backedOffAt, finished).compareTo(GOOD_RUN) > 0) {
            record.backOff = Duration.ZERO;
        }
        Instant due = node.clock().due(finished, record.backOff);
        if (now.isBefore(due)) {
            event(
                    record,
                    "Warning",
                    "BackOff",
                    "Back-off restarting failed container " + record.name() + " in pod " + worker.fullName());
            record.fails(
                    "CrashLoopBackOff",
                    "back-off " + words(record.backOff) + " restarting failed container=" + record.name() + " pod="
                            + worker.fullName());
            Duration left = Duration.between(now, due);
            look(record, now, left.compareTo(RESYNC) > 0 ? RESYNC : left);
            return;
        }
        record.backOff = ContainerStarter.next(record.backOff);
        record.backedOffAt = now;
        start(record, starter, now, false);
    }

    /** Plans the next attempt, some time up to half as much later than asked for, as kubelets do. */
    private void look(ContainerRecord record, Instant now, Duration delay) {
        int spread = Math.floorMod((record.id + record.restarts).hashCode(), 100);
        Duration later = delay.plus(delay.multipliedBy(spread).dividedBy(200));
        record.lookAt = now.plus(later);
        worker.wakeIn(later);
    }

    private boolean wantsRestart(ContainerRecord record) {
        return record.again && !record.stopping
                || switch (record.kind()) {
                    case SIDECAR -> !record.stopping;
                    case INIT -> !record.succeeded() && RestartRules.restarts(worker.pod(), record, record.exitCode);
                    case MAIN -> RestartRules.restarts(worker.pod(), record, record.exitCode);
                    case EPHEMERAL -> false;
                };
    }

    /** As Go prints a duration. */
    static String words(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }

    /** @param quiet for a container that ran before this process began: nothing is told, its start stays */
    void start(ContainerRecord record, ContainerStarter starter, Instant now, boolean quiet) {
        String before = record.id;
        if (!quiet || record.id.isEmpty()) {
            record.id = node.runtime().newId();
        }
        record.container = null;
        try {
            starter.start(record, quiet);
        } catch (PodProblem e) {
            record.id = before;
            boolean first = !record.hasFailed();
            record.fails(e.reason(), e.message());
            look(record, now, first ? SOON : SYNC_RETRY);
            return;
        } catch (RuntimeError e) {
            began(record);
            failedToStart(record, String.valueOf(e.getMessage()), now);
            return;
        }
        began(record);
        boolean mirrorFirst = worker.isEarly() && record.restarts == 0;
        if (record.startedAt == null) {
            record.startedAt = mirrorFirst ? now.minus(NodeAgent.STATIC_LEAD) : now;
        }
        record.actual = record.spec().map("resources");
        record.goesWell();
        tellPlane(record, true);
        Container container = record.container;
        if (container != null) {
            CompletableFuture<Void> unused =
                    container.exit().thenAccept(exit -> node.execute(() -> worker.exited(record, container, exit)));
        }
        afterStart(record);
    }

    /** There is a new container; the one before it, if there was one, is history. */
    private static void began(ContainerRecord record) {
        if (record.isTerminated()) {
            record.restarts++;
            record.last = record.terminated;
            record.finishedBefore = record.finishedAt;
            record.terminated = null;
            record.startedAt = null;
        }
    }

    private void failedToStart(ContainerRecord record, String message, Instant now) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("exitCode", 128L);
        state.put("reason", "StartError");
        state.put("message", message);
        state.put("startedAt", "1970-01-01T00:00:00Z");
        state.put("finishedAt", Times.seconds(now));
        state.put("containerID", "containerd://" + record.id);
        record.container = null;
        record.fails("RunContainerError", message);
        finish(record, state, 128, now);
        look(record, now, SOON);
    }

    private void afterStart(ContainerRecord record) {
        if (record.kind() == Kind.INIT || record.kind() == Kind.EPHEMERAL) {
            record.started = record.kind() == Kind.EPHEMERAL;
            record.ready = false;
            return;
        }
        if (record.spec().at("lifecycle", "postStart") == null) {
            probes.start(record);
            return;
        }
        record.hooking = true;
        record.started = false;
        record.ready = false;
        NetworkNamespace network = worker.network();
        Container container = record.container;
        CompletableFuture<Void> unused = node.prober()
                .hook(
                        KubeObject.of(record.spec().map("lifecycle", "postStart")),
                        record,
                        network == null ? "" : network.ip(),
                        worker.fullName())
                .thenAccept(problem -> node.execute(() -> hooked(record, container, problem)));
    }

    private void hooked(ContainerRecord record, @Nullable Container container, String problem) {
        synchronized (worker) {
            if (record.container != container || container == null) {
                return;
            }
            record.hooking = false;
            if (!problem.isEmpty()) {
                record.fails("PostStartHookError", problem);
                event(record, "Warning", "FailedPostStartHook", "PostStartHook failed");
                if (record.isRunning() && !record.stopping) {
                    long grace = worker.pod().number(30, "spec", "terminationGracePeriodSeconds");
                    stop.stop(record, grace, "FailedPostStartHook");
                }
            } else if (record.isRunning()) {
                probes.start(record);
            }
        }
        worker.wake();
    }

    void silence(ContainerRecord record) {
        ContainerProbes.stop(record);
    }

    /** A container's main process has ended. */
    void ended(ContainerRecord record, Container.Exit exit) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("exitCode", (long) exit.code());
        state.put("reason", exit.reason());
        String message = message(record, exit);
        if (!message.isEmpty()) {
            state.put("message", message);
        }
        Instant since = record.startedAt;
        state.put("startedAt", Times.seconds(since == null ? exit.at() : since));
        state.put("finishedAt", Times.seconds(exit.at()));
        state.put("containerID", "containerd://" + record.id);
        finish(record, state, exit.code(), exit.at());
    }

    private void finish(ContainerRecord record, Map<String, Object> state, int code, Instant at) {
        silence(record);
        tellPlane(record, false);
        node.store().layerGone(record.id);
        ContainerLog log = record.log;
        if (log != null) {
            log.close();
        }
        record.terminated = state;
        record.exitCode = code;
        record.finishedAt = at;
        record.ready = false;
        record.started = false;
        record.lookAt = Instant.MIN;
    }

    private void tellPlane(ContainerRecord record, boolean up) {
        if (worker.isMirror()) {
            node.plane().running(StaticPods.program(record.image()), up);
        }
    }

    private static String message(ContainerRecord record, Container.Exit exit) {
        Container container = record.container;
        ContainerLog log = record.log;
        if (container == null) {
            return "";
        }
        String path = record.spec().text("terminationMessagePath");
        String text = container.readFile(path.isEmpty() ? "/dev/termination-log" : path);
        if (text.isEmpty()
                && exit.code() != 0
                && log != null
                && record.spec().text("terminationMessagePolicy").equals("FallbackToLogsOnError")) {
            text = log.tail(80, 2048);
        }
        return text.length() > MOST_MESSAGE ? text.substring(0, MOST_MESSAGE) : text;
    }

    /** Restarts containers whose image the specification has changed. */
    void refreshImages(KubeObject pod) {
        for (String field : List.of("containers", "initContainers")) {
            for (Map<String, Object> entry : pod.maps("spec", field)) {
                KubeObject spec = KubeObject.of(entry);
                worker.record(spec.text("name"))
                        .filter(r -> !r.image().equals(spec.text("image")))
                        .ifPresent(r -> changed(r, spec));
            }
        }
    }

    private void changed(ContainerRecord record, KubeObject spec) {
        boolean runs = record.isRunning() && record.kind() != Kind.INIT;
        record.respecify(spec);
        record.pullAt = Instant.MIN;
        record.lookAt = Instant.MIN;
        record.backOff = Duration.ZERO;
        record.pullBackOff = Duration.ZERO;
        if (runs) {
            record.again = true;
            boolean sidecar = record.kind() == Kind.SIDECAR;
            stop.stop(
                    record,
                    worker.pod().number(30, "spec", "terminationGracePeriodSeconds"),
                    sidecar
                            ? "Init container " + record.name() + " definition changed"
                            : "Container " + record.name() + " definition changed, will be restarted");
        }
    }

    private void event(ContainerRecord record, String type, String reason, String message) {
        node.events().pod(worker.pod(), record.fieldPath(), type, reason, message);
    }
}
