package dev.kuar.practice.container;

import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether Ctrl-C was typed while a line ran; whoever pauses in the line is woken by it, and by signals. Safe for many threads. */
final class Strike {
    private boolean typed;
    private long nudges;

    synchronized void set() {
        typed = true;
        notifyAll();
    }

    synchronized void clear() {
        typed = false;
    }

    synchronized boolean isSet() {
        return typed;
    }

    /** Wakes whoever pauses: there is something to look at. */
    synchronized void nudge() {
        nudges++;
        notifyAll();
    }

    /** How often there was something to look at. */
    synchronized long nudges() {
        return nudges;
    }

    /**
     * Sleeps by the clock, or until Ctrl-C is typed or there is something to look at; not at all where that was so before.
     *
     * @param seen the {@link #nudges} that were looked at
     */
    void sleep(ClusterClock clock, Duration time, long seen) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        ClusterClock.Timeout timeout = clock.after(time, () -> wake(over));
        try {
            synchronized (this) {
                while (!typed && nudges == seen && !over.get()) {
                    wait();
                }
            }
        } finally {
            timeout.cancel();
        }
    }

    private synchronized void wake(AtomicBoolean over) {
        over.set(true);
        notifyAll();
    }
}
