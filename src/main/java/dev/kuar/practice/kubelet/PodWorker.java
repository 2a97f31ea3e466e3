package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.Share;
import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes one pod what its specification says, step by step, whenever something has changed.
 *
 * <p>Level-triggered: {@link #wake} may come at any time, from anywhere; the work itself is done by one thread at a time.
 */
final class PodWorker {
    private static final Duration SYNC_RETRY = Duration.ofSeconds(1);
    private static final long CRITICAL = 2_000_000_000;
    private static final Duration STATUS_RETRY = Duration.ofSeconds(1);

    private final NodeAgent node;
    private final List<ContainerRecord> records = new CopyOnWriteArrayList<>();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final ContainerLife life;
    private final PodEnd ending;
    private final PodResize resize;
    private final WholeRestart restart;
    private final StatusWriter statuses;
    private final LatestPod latest;
    private volatile boolean removed;
    private volatile boolean over;
    private final PodSandbox sandbox;
    private @Nullable Instant startTime;
    private volatile Verdict verdict = Verdict.NONE;
    private boolean adopted;
    private volatile boolean admitted;
    private volatile @Nullable Runnable withdrawn;

    PodWorker(NodeAgent node, KubeObject pod) {
        this.node = node;
        this.latest = new LatestPod(pod);
        this.statuses = new StatusWriter(node);
        ContainerStop stop = new ContainerStop(node, this);
        this.life = new ContainerLife(node, this, stop);
        this.ending = new PodEnd(node, this, stop);
        this.resize = new PodResize(node, this, pod, stop);
        this.restart = new WholeRestart(node, this);
        this.sandbox = new PodSandbox(node, this);
        records.addAll(ContainerRecords.of(pod));
        adopted = Adoption.of(pod, records);
        String since = pod.text("status", "startTime");
        if (!since.isEmpty()) {
            startTime = Instant.parse(since);
        }
        // Static pods are not asked, and who was taken before a restart stays.
        admitted = isMirror() || startTime != null;
    }

    /** The pod as last seen in the API. */
    KubeObject pod() {
        return latest.get();
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
        return sandbox.network();
    }

    /** What was asked for and given; what is asked for anew comes to it only once the node has room. */
    KubeObject allocated() {
        return resize.allocated(pod());
    }

    /** What the pod as a whole has of its node. */
    Share share() {
        return resize.whole();
    }

    boolean isMirror() {
        return pod().annotations().containsKey("kubernetes.io/config.mirror");
    }

    /** Whether it runs since before there was an API server to ask. */
    boolean isEarly() {
        return isMirror() && node.statics().isEarly(pod());
    }

    /** The API says that the pod is now like this. */
    void update(KubeObject now) {
        latest.see(now);
        wake();
    }

    /** The pod is no longer in the API. */
    void removed() {
        removed = true;
        wake();
    }

    /** The file of a static pod is gone or says something else: it ends, and {@code done} is called. */
    void withdraw(Runnable done) {
        if (withdrawn == null) {
            withdrawn = done;
            wake();
        }
    }

    /** What is mounted of a volume of the pod. */
    synchronized Optional<VolumeContent> volume(String name) {
        return sandbox.volume(name);
    }

    /**
     * Ends the pod over its head.
     *
     * @param grace in seconds, at most
     * @return whether it does: what ends already or is critical to the node does not
     */
    synchronized boolean condemn(Verdict why, long grace) {
        boolean ended = pod().text("status", "phase").matches("Succeeded|Failed");
        if (isCritical() || !verdict.isNone() || ended || over || removed || pod().isTerminating()) {
            return false;
        }
        verdict = why;
        ending.hurry(grace);
        node.events().pod(pod(), "", "Warning", why.reason(), why.message());
        wake();
        return true;
    }

    /** Whether it must not end for the sake of others: static pods, and those of the highest priorities. */
    boolean isCritical() {
        return isMirror() || pod().number(0, "spec", "priority") >= CRITICAL;
    }

    /** Whether the kubelet ends it over its head. */
    boolean isCondemned() {
        return !verdict.isNone();
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
        if (!admitted && !pod().isTerminating()) {
            Optional<PodAdmission.Rejection> rejection = node.admission().admit(this);
            if (rejection.isPresent()) {
                reject(rejection.get(), now);
                return;
            }
            if (!admitted) {
                wakeIn(SYNC_RETRY);
                return;
            }
        }
        if (startTime == null) {
            // What runs a control plane was up before there was an API server to ask.
            startTime = isEarly() ? now.minus(NodeAgent.STATIC_LEAD) : now;
        }
        checkDeadline(now);
        records.addAll(ContainerRecords.ephemeral(pod(), records));
        boolean deleted = pod().isTerminating() && !isMirror();
        if (pod().isTerminating() && isMirror()) {
            PodRemoval.now(node, pod());
        }
        if (deleted || isCondemned() || withdrawn != null) {
            boolean done = ending.advance(pod(), now, deleted && !isCondemned());
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
        switch (restart.advance(now)) {
            case NONE -> {
                if (sandbox.prepare(now)) {
                    startContainers(now);
                }
                writeStatus(false);
            }
            case TOLD -> {
                writeStatus(false);
                wake();
            }
            case KILLING -> {}
        }
    }

    /** Whether the kubelet has taken the pod, so that what it asks for is used. */
    boolean isAdmitted() {
        String phase = pod().text("status", "phase");
        return admitted && !over && !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    void admit() {
        admitted = true;
    }

    private void reject(PodAdmission.Rejection why, Instant now) {
        node.events().pod(pod(), "", "Warning", why.reason(), why.message());
        if (tell(why.status(pod(), now))) {
            close();
        }
    }

    private void checkDeadline(Instant now) {
        long seconds = pod().number(-1, "spec", "activeDeadlineSeconds");
        Instant since = startTime;
        if (seconds < 0 || since == null || isCondemned()) {
            return;
        }
        Instant end = node.clock().due(since, Duration.ofSeconds(seconds));
        if (now.isBefore(end)) {
            wakeIn(Duration.between(now, end));
        } else if (!PodPhase.of(pod(), records, false).equals("Succeeded")) {
            verdict = new Verdict(
                    "DeadlineExceeded", "Pod was active on the node longer than the specified deadline", "");
            node.events().pod(pod(), "", "Normal", verdict.reason(), verdict.message());
        }
    }

    PodFields fields() {
        NetworkNamespace stack = sandbox.network();
        return new PodFields(pod(), node.current(), stack == null ? "" : stack.ip());
    }

    private void startContainers(Instant now) {
        ContainerStarter starter = new ContainerStarter(node, this, sandbox);
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
        if (PodEnd.isDue(pod(), records)) {
            ending.advance(pod(), now, false);
        }
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
        NetworkNamespace stack = sandbox.network();
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
                        resize.conditions(),
                        resize.given(),
                        restart.isGoing(),
                        over));
        tell(status);
    }

    /** Whether the API has it now. */
    private boolean tell(Map<String, Object> status) {
        StatusWriter.Result result = statuses.write(pod(), status);
        result.answer().ifPresent(latest::see);
        if (result.again()) {
            wakeIn(STATUS_RETRY);
        }
        return result.answer().isPresent();
    }

    private void finish() {
        if (pod().isTerminating() && !PodRemoval.now(node, pod())) {
            wakeIn(SYNC_RETRY);
            return;
        }
        Runnable told = withdrawn;
        if (!isMirror() || told != null) {
            close();
        }
        if (told != null) {
            node.execute(told);
        }
    }

    private void close() {
        over = true;
        sandbox.close();
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
