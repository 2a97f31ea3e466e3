package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Starts, watches, and starts again the containers of one pod. Called under its worker's lock. */
final class ContainerLife {
    private static final Duration GOOD_RUN = Duration.ofMinutes(10);
    /** A kubelet looks again ten to fifteen seconds after it could not do what it should. */
    private static final Duration SYNC_RETRY = Duration.ofSeconds(12);

    private static final int MOST_MESSAGE = 4096;

    private final NodeAgent node;
    private final PodWorker worker;

    ContainerLife(NodeAgent node, PodWorker worker) {
        this.node = node;
        this.worker = worker;
    }

    /** One step of an init, sidecar or main container; whether what comes after it may go on. */
    boolean step(ContainerRecord record, ContainerStarter starter, Instant now, boolean adopted) {
        if (record.isRunning() && record.container == null) {
            start(record, starter, now, adopted);
        } else if (record.isTerminated()) {
            restart(record, starter, now);
        } else if (!record.isRunning()) {
            start(record, starter, now, false);
        }
        return record.kind() == Kind.SIDECAR ? record.started : record.isRunning() || record.succeeded();
    }

    private void restart(ContainerRecord record, ContainerStarter starter, Instant now) {
        if (!wantsRestart(record)) {
            return;
        }
        Instant finished = record.finishedAt;
        Instant retry = finished == null ? now : node.clock().due(finished, record.backOff);
        if (now.isBefore(retry)) {
            if (!record.retryAt.equals(retry)) {
                record.retryAt = retry;
                String text = "Back-off restarting failed container " + record.name() + " in pod " + podName();
                event(record, "Warning", "BackOff", text);
            }
            record.last = record.terminated;
            record.terminated = null;
            record.startedAt = null;
            record.waiting(
                    "CrashLoopBackOff",
                    "back-off " + words(record.backOff) + " restarting failed container=" + record.name() + " pod="
                            + podName());
            worker.wakeIn(Duration.between(now, retry));
            return;
        }
        record.last = record.terminated;
        record.terminated = null;
        record.startedAt = null;
        start(record, starter, now, false);
    }

    private boolean wantsRestart(ContainerRecord record) {
        String policy = record.spec().text("restartPolicy");
        if (policy.isEmpty()) {
            policy = worker.pod().text("spec", "restartPolicy");
        }
        return switch (record.kind()) {
            case SIDECAR -> !record.stopping;
            case INIT -> !record.succeeded() && !policy.equals("Never");
            case MAIN -> !policy.equals("Never") && !(policy.equals("OnFailure") && record.exitCode == 0);
            case EPHEMERAL -> false;
        };
    }

    private String podName() {
        KubeObject pod = worker.pod();
        return pod.name() + "_" + pod.namespace() + "(" + pod.uid() + ")";
    }

    /** As Go prints a duration. */
    static String words(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }

    /** @param quiet for a container that ran before this process began: nothing is told, its start stays */
    void start(ContainerRecord record, ContainerStarter starter, Instant now, boolean quiet) {
        boolean waits = record.waitingReason.equals("CrashLoopBackOff") || isUnready(record);
        if (waits && now.isBefore(record.retryAt)) {
            return;
        }
        String before = record.id;
        if (!quiet || record.id.isEmpty()) {
            record.id = node.runtime().newId();
        }
        record.previousLog = record.log == null ? record.previousLog : record.log;
        record.container = null;
        record.startingMessage = null;
        // Nobody hears what happens before there is an API server.
        boolean unheard = worker.isMirror() && record.last == null;
        if (!starter.start(record, quiet || unheard)) {
            if (record.startingMessage == null) {
                record.id = before;
                if (isUnready(record)) {
                    record.retryAt = now.plus(SYNC_RETRY);
                    worker.wakeIn(SYNC_RETRY);
                    return;
                }
                Instant next =
                        record.waitingReason.equals("ErrImagePull") || record.waitingReason.equals("ImagePullBackOff")
                                ? record.pullAt
                                : now;
                worker.wakeIn(later(Duration.between(now, next), record));
                return;
            }
            failedToStart(record, now);
            return;
        }
        if (record.last != null && !quiet) {
            record.restarts++;
        }
        boolean mirrorFirst = worker.isMirror() && record.restarts == 0;
        if (record.startedAt == null) {
            record.startedAt = mirrorFirst ? now.minus(NodeAgent.STATIC_LEAD) : now;
        }
        record.terminated = null;
        Container container = record.container;
        if (container != null) {
            CompletableFuture<Void> unused =
                    container.exit().thenAccept(exit -> node.execute(() -> worker.exited(record, container, exit)));
        }
        afterStart(record);
    }

    /** Whether something that its spec refers to was missing the last time. */
    private static boolean isUnready(ContainerRecord record) {
        return record.waitingReason.equals("CreateContainerConfigError");
    }

    private static Duration later(Duration delay, ContainerRecord record) {
        if (record.waitingReason.equals("ErrImagePull")) {
            // The next look finds the back-off and says so.
            return Duration.ofSeconds(2);
        }
        return delay.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(5) : delay;
    }

    private void failedToStart(ContainerRecord record, Instant now) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("exitCode", 128L);
        state.put("reason", "StartError");
        state.put("message", record.startingMessage);
        state.put("startedAt", "1970-01-01T00:00:00Z");
        state.put("finishedAt", Times.seconds(now));
        state.put("containerID", "containerd://" + record.id);
        record.restarts += record.last != null ? 1 : 0;
        record.container = null;
        finish(record, state, 128, now);
        worker.wake();
    }

    private void afterStart(ContainerRecord record) {
        boolean startup = record.spec().at("startupProbe") != null;
        record.started = !startup && record.spec().at("lifecycle", "postStart") == null;
        record.ready = record.started && record.spec().at("readinessProbe") == null && record.kind() != Kind.INIT;
        if (record.kind() == Kind.INIT || record.kind() == Kind.EPHEMERAL) {
            record.started = record.kind() == Kind.EPHEMERAL;
            record.ready = false;
            return;
        }
        if (record.spec().at("lifecycle", "postStart") == null) {
            startProbes(record);
            return;
        }
        NetworkNamespace network = worker.network();
        Container container = record.container;
        CompletableFuture<Void> unused = node.prober()
                .hook(
                        KubeObject.of(record.spec().map("lifecycle", "postStart")),
                        record,
                        network == null ? "" : network.ip())
                .thenAccept(problem -> node.execute(() -> hooked(record, container, problem)));
    }

    private void hooked(
            ContainerRecord record, @org.jspecify.annotations.Nullable Container container, String problem) {
        synchronized (worker) {
            if (record.container != container || container == null) {
                return;
            }
            if (!problem.isEmpty()) {
                event(record, "Warning", "FailedPostStartHook", "PostStartHook failed");
                event(record, "Normal", "Killing", "FailedPostStartHook");
                container.kill();
                return;
            }
            record.started = record.spec().at("startupProbe") == null;
            record.ready = record.started && record.spec().at("readinessProbe") == null;
            startProbes(record);
        }
        worker.wake();
    }

    private void startProbes(ContainerRecord record) {
        Instant since = record.startedAt;
        for (ProbeLoop.Type type : ProbeLoop.Type.values()) {
            if (record.spec().at(type.field()) != null && since != null) {
                record.probes.add(loop(record, type));
            }
        }
        record.probes.stream()
                .filter(p -> record.started || p.type() == ProbeLoop.Type.STARTUP)
                .forEach(p -> p.start(since == null ? node.clock().now() : since));
    }

    private ProbeLoop loop(ContainerRecord record, ProbeLoop.Type type) {
        KubeObject spec = KubeObject.of(record.spec().map(type.field()));
        return new ProbeLoop(
                type,
                spec,
                node.clock(),
                node::execute,
                () -> {
                    NetworkNamespace network = worker.network();
                    return node.prober().probe(spec, record, network == null ? "" : network.ip());
                },
                outcome -> told(record, type, outcome),
                good -> turned(record, type, good));
    }

    private void told(ContainerRecord record, ProbeLoop.Type type, ProbeLoop.Outcome outcome) {
        if (!outcome.good()) {
            event(
                    record,
                    "Warning",
                    "Unhealthy",
                    outcome.known()
                            ? type.title() + " probe failed: " + outcome.output()
                            : type.title() + " probe errored and resulted in unknown state: " + outcome.output());
        }
    }

    private void turned(ContainerRecord record, ProbeLoop.Type type, boolean good) {
        synchronized (worker) {
            Instant since = record.startedAt;
            Instant from = since == null ? node.clock().now() : since;
            if (type == ProbeLoop.Type.READINESS) {
                record.ready = good && record.isRunning();
            } else if (type == ProbeLoop.Type.STARTUP && good) {
                record.started = true;
                record.ready = record.spec().at("readinessProbe") == null;
                record.probes.stream()
                        .filter(p -> p.type() == ProbeLoop.Type.STARTUP)
                        .forEach(ProbeLoop::stop);
                record.probes.stream()
                        .filter(p -> p.type() != ProbeLoop.Type.STARTUP)
                        .forEach(p -> p.start(from));
            } else if (!good) {
                event(
                        record,
                        "Normal",
                        "Killing",
                        "Container " + record.name() + " failed " + type.lower() + " probe, will be restarted");
                long own = record.spec().number(-1, type.field(), "terminationGracePeriodSeconds");
                stop(record, own >= 0 ? own : worker.pod().number(30, "spec", "terminationGracePeriodSeconds"));
            }
        }
        worker.wake();
    }

    /** Asks process 1 to end, and makes it after the grace period. */
    void stop(ContainerRecord record, long graceSeconds) {
        silence(record);
        Container container = record.container;
        if (container == null) {
            return;
        }
        if (graceSeconds <= 0) {
            container.kill();
            return;
        }
        container.stop();
        node.clock().after(Duration.ofSeconds(graceSeconds), container::kill);
    }

    void silence(ContainerRecord record) {
        record.probes.forEach(ProbeLoop::stop);
        record.probes.clear();
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
        if (since != null && Duration.between(since, exit.at()).compareTo(GOOD_RUN) > 0) {
            record.backOff = Duration.ZERO;
        }
        finish(record, state, exit.code(), exit.at());
    }

    private void finish(ContainerRecord record, Map<String, Object> state, int code, Instant at) {
        silence(record);
        ContainerLog log = record.log;
        if (log != null) {
            log.close();
        }
        // The first failure is tried again at once, every later one after a back-off that doubles.
        record.backOff = record.last == null && record.backOff.isZero() && record.restarts == 0
                ? Duration.ZERO
                : ContainerStarter.next(record.backOff);
        record.terminated = state;
        record.exitCode = code;
        record.finishedAt = at;
        record.ready = false;
        record.started = false;
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
        for (String field : java.util.List.of("containers", "initContainers")) {
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
        if (runs) {
            event(record, "Normal", "Killing", "Container " + record.name() + " definition changed, will be restarted");
            stop(record, worker.pod().number(30, "spec", "terminationGracePeriodSeconds"));
        }
    }

    private void event(ContainerRecord record, String type, String reason, String message) {
        node.events().pod(worker.pod(), record.fieldPath(), type, reason, message);
    }
}
