package dev.kuar.practice.zookeeper;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs actions one after the other, on the thread that brings one while no other is at it. Who brings one never waits. */
final class Actor {
    private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean stopped;

    void run(Runnable action) {
        actions.add(action);
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        do {
            Runnable next = actions.poll();
            if (next != null && !stopped) {
                next.run();
            }
        } while (waiting.decrementAndGet() > 0);
    }

    /** No action runs any more, once the present one is done. */
    void stop() {
        stopped = true;
    }
}
