package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.container.Container;
import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes one pod what its specification says, step by step, whenever something has changed.
 *
 * <p>Level-triggered: {@link #wake} may come at any time, from anywhere; the work itself is done by one thread at a time.
 */
final class PodWorker {
    private static final Duration SYNC_RETRY = Duration.ofSeconds(1);
    private static final Duration STATUS_RETRY = Duration.ofSeconds(1);

    private final NodeAgent node;
    private final List<ContainerRecord> records = new ArrayList<>();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final ContainerLife life;
    private final PodEnd ending;
    private final PodResize resize;
    private final Object news = new Object();
    private volatile KubeObject newest;
    private volatile boolean removed;
    private volatile boolean over;
    private @Nullable NetworkNamespace network;
    private @Nullable PodVolumes volumes;
    private @Nullable Instant startTime;
    private @Nullable Map<String, Object> written;
    private @Nullable Map<String, Object> stored;
    private String verdict = "";
    private String verdictMessage = "";
    private boolean adopted;

    PodWorker(NodeAgent node, KubeObject pod) {
        this.node = node;
        this.newest = pod;
        ContainerStop stop = new ContainerStop(node, this);
        this.life = new ContainerLife(node, this, stop);
        this.ending = new PodEnd(node, this, stop);
        this.resize = new PodResize(node, this, stop);
        addRecords(pod.maps("spec", "initContainers"), true);
        addRecords(pod.maps("spec", "containers"), false);
        adopted = Adoption.of(pod, records);
        String since = pod.text("status", "startTime");
        if (!since.isEmpty()) {
            startTime = Instant.parse(since);
        }
    }

    private void addRecords(List<Map<String, Object>> specs, boolean init) {
        for (Map<String, Object> entry : specs) {
            KubeObject spec = KubeObject.of(entry);
            boolean sidecar = init && spec.text("restartPolicy").equals("Always");
            records.add(record(spec, sidecar ? Kind.SIDECAR : init ? Kind.INIT : Kind.MAIN));
        }
    }

    private ContainerRecord record(KubeObject spec, Kind kind) {
        boolean initializes = !newest.maps("spec", "initContainers").isEmpty();
        return new ContainerRecord(spec, kind, initializes ? "PodInitializing" : "ContainerCreating");
    }

    /** The pod as last seen in the API. */
    KubeObject pod() {
        return newest;
    }

    /** As the kubelet names the pod in its messages. */
    String fullName() {
        return pod().name() + "_" + pod().namespace() + "(" + pod().uid() + ")";
    }

    List<ContainerRecord> records() {
        return records;
    }

    synchronized Optional<ContainerRecord> record(String name) {
        return records.stream().filter(r -> r.name().equals(name)).findFirst();
    }

    @Nullable
    NetworkNamespace network() {
        return network;
    }

    boolean isMirror() {
        return pod().annotations().containsKey("kubernetes.io/config.mirror");
    }

    /** The API says that the pod is now like this. */
    void update(KubeObject now) {
        see(now);
        wake();
    }

    /** Events and answers to requests overtake each other: what is older than what is known is no news. */
    private void see(KubeObject now) {
        synchronized (news) {
            if (revision(now) > revision(newest)) {
                newest = now;
            }
        }
    }

    private static long revision(KubeObject object) {
        String text = object.resourceVersion();
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** The pod is no longer in the API. */
    void removed() {
        removed = true;
        wake();
    }

    /** Looks at the pod again, soon. */
    void wake() {
        if (!over && planned.compareAndSet(false, true)) {
            node.execute(this::run);
        }
    }

    void wakeIn(Duration delay) {
        node.clock().after(delay, this::wake);
    }

    private synchronized void run() {
        planned.set(false);
        if (over || node.isStopped()) {
            return;
        }
        try {
            sync();
        } catch (RuntimeException e) {
            node.events().pod(pod(), "", "Warning", "FailedSync", "error determining status: " + e);
            wakeIn(SYNC_RETRY);
        }
    }

    private void sync() {
        Instant now = node.clock().now();
        if (removed) {
            ending.killAll();
            close();
            return;
        }
        if (startTime == null) {
            // What runs a control plane was up before there was an API server to ask.
            startTime = isMirror() ? now.minus(NodeAgent.STATIC_LEAD) : now;
        }
        checkDeadline(now);
        addEphemeral();
        if (pod().isTerminating() || !verdict.isEmpty()) {
            boolean done = ending.advance(pod(), now, verdict.isEmpty());
            writeStatus(done);
            if (done) {
                finish();
            }
            return;
        }
        String phase = pod().text("status", "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            boolean done = ending.advance(pod(), now, false);
            writeStatus(done);
            if (done) {
                close();
            }
            return;
        }
        life.tell(records, now);
        if (prepare(now)) {
            startContainers(now);
        }
        writeStatus(false);
    }

    private void checkDeadline(Instant now) {
        long seconds = pod().number(-1, "spec", "activeDeadlineSeconds");
        Instant since = startTime;
        if (seconds < 0 || since == null || !verdict.isEmpty()) {
            return;
        }
        Instant end = node.clock().due(since, Duration.ofSeconds(seconds));
        if (now.isBefore(end)) {
            wakeIn(Duration.between(now, end));
        } else if (!PodPhase.of(pod(), records, false).equals("Succeeded")) {
            verdict = "DeadlineExceeded";
            verdictMessage = "Pod was active on the node longer than the specified deadline";
            node.events().pod(pod(), "", "Normal", "DeadlineExceeded", verdictMessage);
        }
    }

    private void addEphemeral() {
        for (Map<String, Object> entry : pod().maps("spec", "ephemeralContainers")) {
            KubeObject spec = KubeObject.of(entry);
            if (record(spec.text("name")).isEmpty()) {
                records.add(record(spec, Kind.EPHEMERAL));
            }
        }
    }

    /** Volumes, then the network; whether containers can be started. */
    private boolean prepare(Instant now) {
        PodVolumes all = volumes;
        if (all == null) {
            all = new PodVolumes(node.api(), node.clock(), node.store(), node.name(), this::pod, this::fields);
            volumes = all;
        }
        for (PodProblem problem : all.mount(now)) {
            node.events().pod(pod(), "", "Warning", problem.reason(), problem.message());
        }
        Duration wait = all.untilNext(now);
        if (!wait.isNegative()) {
            wakeIn(wait);
            return false;
        }
        if (network == null) {
            Optional<NetworkNamespace> made = node.sandbox(pod());
            if (made.isEmpty()) {
                wakeIn(Duration.ofMillis(50));
                return false;
            }
            network = made.get();
        }
        return true;
    }

    PodFields fields() {
        NetworkNamespace stack = network;
        return new PodFields(pod(), node.current(), stack == null ? "" : stack.ip());
    }

    private void startContainers(Instant now) {
        PodVolumes mounted = volumes;
        NetworkNamespace stack = network;
        if (mounted == null || stack == null) {
            return;
        }
        ContainerStarter starter = new ContainerStarter(node, pod(), stack, mounted, fields());
        life.refreshImages(pod());
        resize.advance(pod(), now);
        boolean initialized = records.stream()
                .anyMatch(record -> record.kind() == Kind.MAIN && (record.isRunning() || record.isTerminated()));
        for (ContainerRecord record : records) {
            if (record.kind() == Kind.EPHEMERAL) {
                boolean fresh = record.container == null && !record.isTerminated();
                if (fresh && !now.isBefore(record.lookAt)) {
                    life.start(record, starter, now, false);
                }
                continue;
            }
            if (record.kind() == Kind.INIT && initialized && !adopted) {
                continue;
            }
            boolean up = life.step(record, starter, now, adopted);
            boolean holds = record.kind() == Kind.INIT && !record.succeeded() || record.kind() == Kind.SIDECAR && !up;
            if (record.hooking || holds && !initialized) {
                break;
            }
        }
        adopted = false;
        if (isDone()) {
            ending.advance(pod(), now, false);
        }
    }

    /** Whether nothing will run any more but sidecars, which then have no reason to. */
    private boolean isDone() {
        boolean failed = records.stream()
                .anyMatch(record -> record.kind() == Kind.INIT
                        && record.isTerminated()
                        && !record.succeeded()
                        && !RestartRules.restarts(pod(), record, record.exitCode));
        boolean over = records.stream()
                .filter(record -> record.kind() == Kind.MAIN)
                .allMatch(record -> record.isTerminated()
                        && !record.again
                        && !RestartRules.restarts(pod(), record, record.exitCode));
        return (failed || over)
                && records.stream().anyMatch(record -> record.kind() == Kind.SIDECAR && record.isRunning());
    }

    /** Called when a container's main process has ended. */
    synchronized void exited(ContainerRecord record, Container container, Container.Exit exit) {
        if (record.container == container) {
            life.ended(record, exit);
            wake();
        }
    }

    private void writeStatus(boolean over) {
        Instant since = startTime;
        NetworkNamespace stack = network;
        if (since == null || removed) {
            return;
        }
        KubeObject current = pod();
        Map<String, Object> status = new PodStatus(
                        current, records, node.clock().now())
                .build(new PodStatus.Facts(
                        stack == null ? "" : stack.ip(),
                        PodFields.hostIp(node.current()),
                        since,
                        verdict,
                        verdictMessage,
                        resize.conditions(),
                        over));
        Map<String, Object> there = current.map("status");
        if (status.equals(there) || status.equals(written) && there.equals(stored)) {
            return;
        }
        KubeObject changed = current.copy();
        changed.set(status, "status");
        try {
            KubeObject answer = node.api().updateSubresource(Resources.PODS, "status", changed);
            written = status;
            stored = answer.map("status");
            see(answer);
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                node.events().pod(current, "", "Warning", "FailedToUpdateStatus", String.valueOf(e.getMessage()));
            }
            if (!e.isNotFound()) {
                wakeIn(STATUS_RETRY);
            }
        }
    }

    private void finish() {
        if (pod().isTerminating()) {
            try {
                node.api()
                        .delete(
                                Resources.PODS,
                                pod().namespace(),
                                pod().name(),
                                new DeleteOptions("", 0, Map.of("uid", pod().uid())));
            } catch (ApiException e) {
                if (!e.isNotFound() && !e.isConflict()) {
                    wakeIn(Duration.ofSeconds(1));
                    return;
                }
            }
        }
        if (!isMirror()) {
            close();
        }
    }

    private void close() {
        over = true;
        NetworkNamespace stack = network;
        if (stack != null && !pod().flag("spec", "hostNetwork")) {
            node.release(stack);
        }
        network = null;
    }

    /** Kills everything without a word, as when the power goes. */
    synchronized void powerOff() {
        over = true;
        records.forEach(record -> {
            life.silence(record);
            Container container = record.container;
            record.container = null;
            if (container != null) {
                container.kill();
            }
        });
        close();
    }
}
