package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The default scheduler, running: gives every pod that names it a node, or says why it can't.
 *
 * <p>One pod at a time, driven by events alone. Close it to stop.
 */
public final class Scheduler implements AutoCloseable {
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final GroupResource NODES = GroupResource.core("nodes");

    private static final Map<GroupResource, Change.What> STORAGE = Map.of(
            Volumes.CLAIMS, Change.What.CLAIM,
            Volumes.VOLUMES, Change.What.VOLUME,
            Volumes.CLASSES, Change.What.STORAGE_CLASS,
            Volumes.CSI_NODES, Change.What.CSI_NODE,
            Volumes.CAPACITIES, Change.What.CAPACITY,
            DeviceClaims.CLAIMS, Change.What.DEVICE_CLAIM,
            DeviceClaims.CLASSES, Change.What.DEVICE_CLASS,
            DeviceClaims.SLICES, Change.What.DEVICE_SLICE);

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** After which a pod that waits is tried again though nothing happened. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Executor executor;
    private final ClusterClock clock;
    private final SchedulingQueue queue;
    private final Cluster cluster = new Cluster();
    private final SchedulingCycle cycle;
    private final AtomicBoolean storageChanged = new AtomicBoolean();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean closed;

    private Scheduler(ApiClient client, ClusterClock clock, String host, Executor executor) {
        this.executor = executor;
        this.clock = clock;
        Affinity affinity = new Affinity(client.informer(GroupResource.core("namespaces")));
        DeviceClaims devices = new DeviceClaims(client, clock);
        this.queue = new SchedulingQueue(new Hints(affinity, devices.extended()));
        this.cycle = new SchedulingCycle(client, clock, host, cluster, queue, affinity, devices, this::again);
    }

    public static Scheduler start(ApiClient client, ClusterClock clock) {
        return start(client, clock, "");
    }

    /** @param host the node that the scheduler says it runs on; empty for none */
    public static Scheduler start(ApiClient client, ClusterClock clock, String host) {
        ExecutorService executor = Executors.newSingleThreadExecutor(action -> {
            Thread thread = new Thread(action, "scheduler");
            thread.setDaemon(true);
            return thread;
        });
        Scheduler scheduler = start(client, clock, host, executor);
        scheduler.open.add(executor::shutdownNow);
        return scheduler;
    }

    static Scheduler start(ApiClient client, ClusterClock clock, String host, Executor executor) {
        ApiClient own = client.as(UserInfo.of("system:kube-scheduler", "system:authenticated"), "kube-scheduler");
        Scheduler scheduler = new Scheduler(own, clock, host, executor);
        scheduler.listen(own.informer(NODES), scheduler::nodeChanged);
        scheduler.listen(own.informer(PODS), scheduler::podChanged);
        STORAGE.forEach((resource, what) ->
                scheduler.listen(own.informer(resource), (old, now) -> scheduler.storageChanged(what, old, now)));
        return scheduler;
    }

    private void listen(Informer informer, Informer.Listener listener) {
        open.add(informer.onChange(listener));
    }

    private void storageChanged(Change.What what, @Nullable KubeObject old, @Nullable KubeObject now) {
        if (what == Change.What.DEVICE_CLAIM) {
            cycle.claimChanged(old, now);
        }
        if (what == Change.What.CLAIM || what == Change.What.VOLUME || what == Change.What.DEVICE_CLAIM) {
            storageChanged.set(true);
            run();
        }
        wake(new Change(what, old, now), pod -> true);
    }

    private void nodeChanged(@Nullable KubeObject old, @Nullable KubeObject now) {
        cluster.nodeChanged(old, now);
        boolean matters = now == null
                || old == null
                || !old.labels().equals(now.labels())
                || !old.map("spec").equals(now.map("spec"))
                || !old.map("status", "allocatable").equals(now.map("status", "allocatable"));
        if (matters) {
            wake(new Change(Change.What.NODE, old, now), pod -> true);
        }
    }

    private void podChanged(@Nullable KubeObject old, @Nullable KubeObject now) {
        cluster.podChanged(old, now);
        KubeObject pod = now != null ? now : old;
        if (pod == null) {
            return;
        }
        if (now != null && waits(now)) {
            boolean changed = old == null
                    || !old.map("spec").equals(now.map("spec"))
                    || !old.labels().equals(now.labels())
                    || !old.maps("status", "resourceClaimStatuses").equals(now.maps("status", "resourceClaimStatuses"));
            if (changed || !queue.knows(now)) {
                queue.offer(now);
                run();
            } else {
                queue.update(now);
            }
        } else {
            queue.remove(pod);
        }
        if (queue.isWaitedFor()) {
            placedPodChanged(pod, old, now);
        }
    }

    private void placedPodChanged(KubeObject pod, @Nullable KubeObject old, @Nullable KubeObject now) {
        KubeObject before = old != null && isPlaced(old) ? old : null;
        KubeObject after = now != null && isPlaced(now) ? now : null;
        String kept = old == null || before != null ? "" : old.text("status", "nominatedNodeName");
        String place = now == null
                ? ""
                : after != null ? after.text("spec", "nodeName") : now.text("status", "nominatedNodeName");
        if (!kept.isEmpty() && !kept.equals(place)) {
            long priority = Preemption.priority(pod);
            wake(
                    new Change(Change.What.PLACED_POD, old, null),
                    other -> !other.uid().equals(pod.uid()) && Preemption.priority(other) <= priority);
        }
        boolean matters = before == null
                ? after != null
                : after == null
                        || !before.labels().equals(after.labels())
                        || !PodRequest.ofPlaced(before)
                                .amounts()
                                .equals(PodRequest.ofPlaced(after).amounts());
        if (matters) {
            wake(new Change(Change.What.PLACED_POD, before, after), other -> true);
        }
    }

    private static boolean isPlaced(KubeObject pod) {
        return !pod.text("spec", "nodeName").isEmpty() && !isFinished(pod);
    }

    private static boolean waits(KubeObject pod) {
        return !pod.isTerminating()
                && pod.text("spec", "nodeName").isEmpty()
                && pod.text("status", "phase").equals("Pending")
                && pod.maps("spec", "schedulingGates").isEmpty()
                && isMine(pod);
    }

    private static boolean isMine(KubeObject pod) {
        String name = pod.text("spec", "schedulerName");
        return name.isEmpty() || name.equals(SchedulerEvents.NAME);
    }

    private static boolean isFinished(KubeObject pod) {
        String phase = pod.text("status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private void wake(Change change, Predicate<KubeObject> which) {
        if (queue.wake(change, which)) {
            run();
        }
    }

    private void run() {
        if (!closed && busy.compareAndSet(false, true)) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) {
                busy.set(false);
            }
        }
    }

    private void drain() {
        KubeObject pod = next();
        while (pod != null && !closed) {
            try {
                cycle.schedule(pod);
                later(pod);
            } catch (RuntimeException e) {
                log(e, "scheduling " + pod);
                again(pod);
            }
            pod = next();
        }
        busy.set(false);
        // Somebody may have come between the last look and the flag.
        if (queue.hasNext() || storageChanged.get()) {
            run();
        }
    }

    private @Nullable KubeObject next() {
        if (storageChanged.getAndSet(false)) {
            try {
                cycle.binder().settle();
            } catch (RuntimeException e) {
                log(e, "waiting for volumes and devices");
                clock.after(RETRY, this::lookAtStorage);
            }
        }
        return queue.poll();
    }

    private void lookAtStorage() {
        storageChanged.set(true);
        run();
    }

    /** Tries a pod again when nothing happened for long, and gives up on its volumes and devices after a while. */
    private void later(KubeObject pod) {
        if (!queue.knows(pod) || closed) {
            return;
        }
        if (queue.isHeld(pod)) {
            clock.after(VolumeBindings.LONGEST, this::lookAtStorage);
            return;
        }
        Instant refusedAt = queue.refusedAt(pod);
        clock.after(LONGEST_WAIT, () -> {
            if (queue.retry(pod, refusedAt)) {
                run();
            }
        });
    }

    /** Tries a pod once more after a while: a refused request says nothing about the pod. */
    private void again(KubeObject pod) {
        if (!closed) {
            clock.after(RETRY, () -> {
                if (queue.retry(pod)) {
                    run();
                }
            });
        }
    }

    private static void log(RuntimeException why, String what) {
        System.Logger.Level level =
                why instanceof ApiException ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
        System.getLogger(Scheduler.class.getName()).log(level, what, why);
    }

    @Override
    public void close() {
        closed = true;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.getLogger(Scheduler.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
            }
        }
    }
}
