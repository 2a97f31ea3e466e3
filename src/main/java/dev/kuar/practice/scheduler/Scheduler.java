package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The default scheduler, running: gives every pod that names it a node, or says why it can't.
 *
 * <p>One pod at a time, driven by events alone. Close it to stop.
 */
public final class Scheduler implements AutoCloseable {
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final GroupResource NODES = GroupResource.core("nodes");

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Executor executor;
    private final ClusterClock clock;
    private final SchedulingQueue queue = new SchedulingQueue();
    private final Cluster cluster = new Cluster();
    private final SchedulingCycle cycle;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean closed;

    private Scheduler(ApiClient client, ClusterClock clock, String host, Executor executor) {
        this.executor = executor;
        this.clock = clock;
        this.cycle = new SchedulingCycle(client, clock, host, cluster, queue);
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
        for (GroupResource resource : new GroupResource[] {Volumes.CLAIMS, Volumes.VOLUMES, Volumes.CLASSES}) {
            scheduler.listen(
                    own.informer(resource),
                    (old, now) -> scheduler.wake(pod -> !Volumes.claimNames(pod).isEmpty()));
        }
        return scheduler;
    }

    private void listen(Informer informer, Informer.Listener listener) {
        open.add(informer.onChange(listener));
    }

    private void nodeChanged(@Nullable KubeObject old, @Nullable KubeObject now) {
        cluster.nodeChanged(old, now);
        boolean helps = now != null
                && (old == null
                        || !old.labels().equals(now.labels())
                        || !old.map("spec").equals(now.map("spec"))
                        || !old.map("status", "allocatable").equals(now.map("status", "allocatable")));
        if (helps) {
            wake(pod -> true);
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
                    || !old.labels().equals(now.labels());
            if (changed || !queue.knows(now)) {
                queue.offer(now);
                run();
            } else {
                queue.update(now);
            }
            return;
        }
        queue.remove(pod);
        boolean freed = !pod.text("spec", "nodeName").isEmpty()
                && (now == null
                        || isFinished(now)
                        || old == null
                        || !old.labels().equals(now.labels())
                        || old.text("spec", "nodeName").isEmpty());
        if (freed) {
            boolean room = now == null || isFinished(now);
            wake(other -> room
                    || other.at("spec", "affinity") != null
                    || !other.maps("spec", "topologySpreadConstraints").isEmpty());
        }
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

    private void wake(java.util.function.Predicate<KubeObject> which) {
        if (queue.wake(which)) {
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
        KubeObject pod = queue.poll();
        while (pod != null && !closed) {
            try {
                cycle.schedule(pod);
            } catch (RuntimeException e) {
                again(pod, e);
            }
            pod = queue.poll();
        }
        busy.set(false);
        // Somebody may have come between the last look and the flag.
        if (queue.hasNext()) {
            run();
        }
    }

    /** Tries a pod once more after a while: a refused request says nothing about the pod. */
    private void again(KubeObject pod, RuntimeException why) {
        if (!closed) {
            System.Logger.Level level =
                    why instanceof ApiException ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
            System.getLogger(Scheduler.class.getName()).log(level, "scheduling " + pod, why);
            clock.after(RETRY, () -> wake(other -> other.uid().equals(pod.uid())));
        }
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
