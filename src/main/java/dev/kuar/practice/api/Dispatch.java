package dev.kuar.practice.api;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread on which in-process listeners hear of changes, in order. What a listener throws harms no other. */
final class Dispatch implements Executor, AutoCloseable {
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(0, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), action -> {
                Thread made = new Thread(action, "informers");
                made.setDaemon(true);
                return made;
            });

    private volatile boolean closed;

    @Override
    public void execute(Runnable action) {
        try {
            thread.execute(() -> run(action));
        } catch (RejectedExecutionException atTheEnd) {
            closed = true;
        }
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            if (!closed) {
                Thread here = Thread.currentThread();
                here.getUncaughtExceptionHandler().uncaughtException(here, failure);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
    }
}
