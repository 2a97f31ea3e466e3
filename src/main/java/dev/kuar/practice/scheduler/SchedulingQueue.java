package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pods that wait for a node: those to be tried now, by priority and then by age, and those that wait for a change.
 *
 * <p>Thread-safe. A pod that did not fit is tried again at once when something happens that may help; upstream's back-off is
 * skipped whenever nothing else waits, which is always here.
 */
final class SchedulingQueue {
    /** A pod that waits. */
    private static final class Waiting {
        private KubeObject pod;
        private final long arrival;

        /** Who refused it last; null while it is in line or being tried. */
        private @Nullable Set<Plugin> refusedBy;

        private Instant refusedAt = Instant.MIN;

        /** Whether it has its node and only waits for its volumes. */
        private boolean held;

        /** What happened while it was being tried. */
        private final List<Change> meanwhile = new ArrayList<>();

        Waiting(KubeObject pod, long arrival) {
            this.pod = pod;
            this.arrival = arrival;
        }
    }

    private final Hints hints;
    private final Map<String, Waiting> known = new HashMap<>();
    private final TreeSet<Waiting> active =
            new TreeSet<>(Comparator.comparingLong((Waiting waiting) -> -Preemption.priority(waiting.pod))
                    .thenComparingLong(waiting -> waiting.arrival));
    private long count;

    SchedulingQueue(Hints hints) {
        this.hints = hints;
    }

    /** Puts in, or replaces, a pod to be tried now. */
    synchronized void offer(KubeObject pod) {
        Waiting waiting = known.get(pod.uid());
        if (waiting == null) {
            waiting = new Waiting(pod, count++);
            known.put(pod.uid(), waiting);
        }
        active.remove(waiting);
        waiting.pod = pod;
        line(waiting);
    }

    private void line(Waiting waiting) {
        waiting.refusedBy = null;
        waiting.held = false;
        active.add(waiting);
    }

    /** Replaces a waiting pod without trying it now. */
    synchronized void update(KubeObject pod) {
        Waiting waiting = known.get(pod.uid());
        if (waiting == null) {
            return;
        }
        boolean waitsInLine = active.remove(waiting);
        waiting.pod = pod;
        if (waitsInLine) {
            active.add(waiting);
        }
    }

    synchronized boolean knows(KubeObject pod) {
        return known.containsKey(pod.uid());
    }

    synchronized void remove(KubeObject pod) {
        Waiting waiting = known.remove(pod.uid());
        if (waiting != null) {
            active.remove(waiting);
        }
    }

    /** The next to try, which stays known; null for none. */
    synchronized @Nullable KubeObject poll() {
        Waiting waiting = active.pollFirst();
        if (waiting == null) {
            return null;
        }
        waiting.meanwhile.clear();
        return waiting.pod;
    }

    synchronized boolean hasNext() {
        return !active.isEmpty();
    }

    /** Leaves a pod alone until it goes or is put into line again. */
    synchronized void hold(KubeObject pod) {
        Waiting waiting = known.get(pod.uid());
        if (waiting != null) {
            waiting.held = true;
        }
    }

    /** Notes that a pod was refused; it goes back in line if what happened meanwhile may help. */
    synchronized void refused(KubeObject pod, Set<Plugin> by, Instant at) {
        Waiting waiting = known.get(pod.uid());
        if (waiting == null || active.contains(waiting)) {
            return;
        }
        waiting.held = false;
        waiting.refusedBy = Set.copyOf(by);
        waiting.refusedAt = at;
        if (waiting.meanwhile.stream().anyMatch(change -> hints.helps(waiting.pod, by, change))) {
            line(waiting);
        }
        waiting.meanwhile.clear();
    }

    /** Whether anybody waits for a change. */
    synchronized boolean isWaitedFor() {
        return known.size() > active.size();
    }

    synchronized boolean isHeld(KubeObject pod) {
        Waiting waiting = known.get(pod.uid());
        return waiting != null && waiting.held;
    }

    /** Moves those pods that the change may help into line; whether there were any. */
    synchronized boolean wake(Change change, Predicate<KubeObject> which) {
        boolean any = false;
        for (Waiting waiting : known.values()) {
            Set<Plugin> by = waiting.refusedBy;
            if (waiting.held || !which.test(waiting.pod) || active.contains(waiting)) {
                continue;
            }
            if (by == null) {
                waiting.meanwhile.add(change);
            } else if (by.isEmpty() || hints.helps(waiting.pod, by, change)) {
                line(waiting);
                any = true;
            }
        }
        return any;
    }

    /** Moves a pod into line whatever it waits for; whether there was one. */
    synchronized boolean retry(KubeObject pod) {
        Waiting waiting = known.get(pod.uid());
        if (waiting == null || active.contains(waiting)) {
            return false;
        }
        line(waiting);
        return true;
    }

    /** The pod as it is now, where it still waits. */
    synchronized @Nullable KubeObject latest(KubeObject pod) {
        Waiting waiting = known.get(pod.uid());
        return waiting == null ? null : waiting.pod;
    }

    /** When a pod was refused last. */
    synchronized Instant refusedAt(KubeObject pod) {
        Waiting waiting = known.get(pod.uid());
        return waiting == null ? Instant.MIN : waiting.refusedAt;
    }

    /** Moves a pod into line that was refused at that moment last; whether it was. */
    synchronized boolean retry(KubeObject pod, Instant refusedAt) {
        Waiting waiting = known.get(pod.uid());
        if (waiting == null || waiting.held || active.contains(waiting) || !waiting.refusedAt.equals(refusedAt)) {
            return false;
        }
        line(waiting);
        return true;
    }
}
