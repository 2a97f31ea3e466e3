package dev.kuar.practice.etcd.grpc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what it is given one after the other, on threads of a pool that may be busy with others too. */
final class Turn {
    private final Executor pool;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    Turn(Executor pool) {
        this.pool = pool;
    }

    void run(Runnable action) {
        synchronized (this) {
            waiting.add(action);
            if (running) {
                return;
            }
            running = true;
        }
        begin();
    }

    private void begin() {
        try {
            pool.execute(this::next);
        } catch (RejectedExecutionException stopping) {
            synchronized (this) {
                waiting.clear();
            }
        }
    }

    private void next() {
        Runnable action;
        synchronized (this) {
            action = waiting.poll();
            if (action == null) {
                running = false;
                return;
            }
        }
        try {
            action.run();
        } finally {
            begin();
        }
    }
}
