package dev.kuar.practice.time;

import dev.kuar.error.Edge;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The wall clock, optionally running {@code speed} times as fast from the moment it was made.
 *
 * <p>One daemon thread keeps the order of what is planned; a small pool of daemon threads runs it, so that a slow action
 * delays no other. What an action throws goes to {@code onFailure}, never lost.
 */
@Edge("the practice cluster's one view of the wall clock")
public final class SystemClusterClock implements ClusterClock, AutoCloseable {
    private static final int THREADS = 4;

    private final double speed;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor planner;
    private final ExecutorService workers;
    private final BiConsumer<String, Throwable> onFailure;

    /** @param speed how many seconds of this clock pass in one real second; 1 for real time */
    public SystemClusterClock(double speed, BiConsumer<String, Throwable> onFailure) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("a clock's speed is above 0, not " + speed);
        }
        this.speed = speed;
        this.onFailure = onFailure;
        this.planner = new ScheduledThreadPoolExecutor(1, action -> daemon(action, "clock"));
        planner.setRemoveOnCancelPolicy(true);
        planner.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        AtomicInteger count = new AtomicInteger();
        this.workers =
                Executors.newFixedThreadPool(THREADS, action -> daemon(action, "clock-" + count.incrementAndGet()));
    }

    /** Real time; failures of actions go to the thread's handler of uncaught exceptions. */
    public static SystemClusterClock realTime() {
        return new SystemClusterClock(1, (what, failure) -> {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        });
    }

    @Override
    public Instant now() {
        if (speed == 1) {
            return Instant.now();
        }
        return startedAt.plusNanos((long) ((System.nanoTime() - startedNanos) * speed));
    }

    @Override
    public Timeout after(Duration delay, Runnable action) {
        Runnable guarded = () -> run(action);
        if (delay.isZero() || delay.isNegative()) {
            submit(guarded);
            return () -> {};
        }
        try {
            ScheduledFuture<?> planned = planner.schedule(() -> submit(guarded), real(delay), TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void sleep(Duration delay) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(real(delay));
    }

    @Override
    public void close() {
        planner.shutdownNow();
        workers.shutdownNow();
    }

    private long real(Duration delay) {
        double nanos = delay.getSeconds() * 1e9 + delay.getNano();
        return (long) Math.min(nanos / speed, Long.MAX_VALUE / 4.0);
    }

    private void submit(Runnable action) {
        try {
            workers.execute(action);
        } catch (RejectedExecutionException closed) {
            return;
        }
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            onFailure.accept("a planned action failed", failure);
        }
    }

    private static Thread daemon(Runnable action, String name) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        return thread;
    }
}
