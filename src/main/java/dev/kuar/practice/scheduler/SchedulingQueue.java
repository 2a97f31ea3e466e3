package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<String, KubeObject> known = new HashMap<>();
    private final Map<String, Long> arrival = new HashMap<>();
    private final TreeSet<KubeObject> active =
            new TreeSet<>(Comparator.comparingLong((KubeObject pod) -> -Preemption.priority(pod))
                    .thenComparingLong(pod -> arrival.getOrDefault(pod.uid(), 0L))
                    .thenComparing(KubeObject::uid));
    private long count;

    /** Puts in, or replaces, a pod to be tried now. */
    synchronized void offer(KubeObject pod) {
        KubeObject before = known.get(pod.uid());
        if (before != null) {
            active.remove(before);
        }
        arrival.computeIfAbsent(pod.uid(), uid -> count++);
        known.put(pod.uid(), pod);
        active.add(pod);
    }

    /** Replaces a waiting pod without trying it now. */
    synchronized void update(KubeObject pod) {
        KubeObject before = known.get(pod.uid());
        if (before == null) {
            return;
        }
        boolean waitsInLine = active.remove(before);
        known.put(pod.uid(), pod);
        if (waitsInLine) {
            active.add(pod);
        }
    }

    synchronized boolean knows(KubeObject pod) {
        return known.containsKey(pod.uid());
    }

    synchronized void remove(KubeObject pod) {
        KubeObject before = known.remove(pod.uid());
        if (before != null) {
            active.remove(before);
        }
        arrival.remove(pod.uid());
    }

    /** The next to try, which stays known; null for none. */
    synchronized @Nullable KubeObject poll() {
        return active.pollFirst();
    }

    synchronized boolean hasNext() {
        return !active.isEmpty();
    }

    /** Moves waiting pods into line; whether there were any. */
    synchronized boolean wake(Predicate<KubeObject> which) {
        List<KubeObject> woken = new ArrayList<>();
        for (KubeObject pod : known.values()) {
            if (!active.contains(pod) && which.test(pod)) {
                woken.add(pod);
            }
        }
        active.addAll(woken);
        return !woken.isEmpty();
    }
}
