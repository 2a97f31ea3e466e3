package dev.kuar.practice.redis;

import dev.kuar.practice.network.Wire;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server has yet to send, in order: put in under its lock, sent by whoever has just given the lock back. */
final class Outbox {
    private final Queue<Runnable> letters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    void send(Wire to, byte[] bytes) {
        letters.add(() -> to.send(bytes));
    }

    void end(Wire to) {
        letters.add(to::end);
    }

    /** Does something in turn that must not be done under the lock. */
    void later(Runnable action) {
        letters.add(action);
    }

    /** Sends all there is, unless somebody is at it, who sends it then. */
    void drain() {
        if (waiting.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            for (Runnable letter = letters.poll(); letter != null; letter = letters.poll()) {
                letter.run();
            }
            seen = waiting.addAndGet(-seen);
        } while (seen > 0);
    }
}
