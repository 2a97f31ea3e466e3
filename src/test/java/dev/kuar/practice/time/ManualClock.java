package dev.kuar.practice.time;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** A clock that stands still until a test moves it; actions run on the thread that does. */
public final class ManualClock implements ClusterClock {
    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private Instant now = Instant.parse("2026-11-22T19:20:58Z");
    private long sequence;

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Timeout after(Duration delay, Runnable action) {
        Planned entry = new Planned(now.plus(delay), sequence++, action);
        planned.add(entry);
        notifyAll();
        return () -> {
            synchronized (this) {
                planned.remove(entry);
            }
        };
    }

    @Override
    public synchronized void sleep(Duration delay) throws InterruptedException {
        Instant until = now.plus(delay);
        while (now.isBefore(until)) {
            wait();
        }
    }

    /** Moves the time and runs what is due on the way, in order. */
    public void advance(Duration by) {
        Instant target;
        synchronized (this) {
            target = now.plus(by);
        }
        while (true) {
            Planned next;
            synchronized (this) {
                next = planned.peek();
                if (next == null || next.at.isAfter(target)) {
                    now = target;
                    notifyAll();
                    return;
                }
                planned.poll();
                now = next.at.isAfter(now) ? next.at : now;
                notifyAll();
            }
            next.action.run();
        }
    }

    /** Runs what is due now. */
    public void settle() {
        advance(Duration.ZERO);
    }

    /** How many actions wait. */
    public synchronized int waiting() {
        return planned.size();
    }

    private record Planned(Instant at, long sequence, Runnable action) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
