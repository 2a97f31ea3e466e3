package dev.kuar.practice.time;

import dev.kuar.error.Edge;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock, which can be made to run {@code speed} times as fast, and slower again.
 *
 * <p>One daemon thread keeps the order of what is planned; a small pool of daemon threads runs it, so that a slow action
 * delays no other. What an action throws goes to {@code onFailure}, never lost.
 */
@Edge("the practice cluster's one view of the wall clock")
public final class SystemClusterClock implements ClusterClock, AutoCloseable {
    private static final int THREADS = 4;
    private static final Duration LONGEST = Duration.ofDays(365_000);

    private final ScheduledThreadPoolExecutor planner;
    private final ExecutorService workers;
    private final BiConsumer<String, Throwable> onFailure;
    private final Set<Planned> waiting = new HashSet<>();
    private final Sleeps sleeps;
    private volatile @Nullable Pace pace;

    /** @param speed how many seconds of this clock pass in one real second; 1 for real time */
    public SystemClusterClock(double speed, BiConsumer<String, Throwable> onFailure) {
        this(speed, Sleeps.NONE, onFailure);
    }

    private SystemClusterClock(double speed, Sleeps sleeps, BiConsumer<String, Throwable> onFailure) {
        this.sleeps = sleeps;
        this.onFailure = onFailure;
        this.planner = new ScheduledThreadPoolExecutor(1, action -> daemon(action, "clock"));
        planner.setRemoveOnCancelPolicy(true);
        planner.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        AtomicInteger count = new AtomicInteger();
        this.workers =
                Executors.newFixedThreadPool(THREADS, action -> daemon(action, "clock-" + count.incrementAndGet()));
        if (speed != 1) {
            runAt(speed);
        }
    }

    /** Real time; failures of actions go to the thread's handler of uncaught exceptions. */
    public static SystemClusterClock realTime() {
        return realTime(Sleeps.NONE);
    }

    /** The same for a cluster that slept. */
    public static SystemClusterClock realTime(Sleeps sleeps) {
        return new SystemClusterClock(1, sleeps, (what, failure) -> {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        });
    }

    /**
     * From now on {@code speed} seconds of this clock pass in one real second. What is planned or sleeps comes at the same
     * time of this clock as before. Time never jumps: a clock that has run ahead stays ahead.
     */
    public synchronized void runAt(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("a clock's speed is above 0, not " + speed);
        }
        pace = new Pace(now(), System.nanoTime(), speed);
        List.copyOf(waiting).forEach(Planned::replan);
        notifyAll();
    }

    @Override
    public Instant now() {
        Pace known = pace;
        return known == null ? Instant.now() : known.at(System.nanoTime());
    }

    @Override
    public Instant due(Instant since, Duration wait) {
        return sleeps.due(since, wait);
    }

    @Override
    public synchronized Timeout after(Duration delay, Runnable action) {
        Runnable guarded = () -> run(action);
        if (delay.isZero() || delay.isNegative()) {
            submit(guarded);
            return () -> {};
        }
        Planned planned = new Planned(now().plus(delay.compareTo(LONGEST) > 0 ? LONGEST : delay), guarded);
        planned.plan();
        return planned;
    }

    @Override
    public synchronized void sleep(Duration delay) throws InterruptedException {
        Instant until = now().plus(delay);
        for (long left = real(until); left > 0; left = real(until)) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    @Override
    public void close() {
        planner.shutdownNow();
        workers.shutdownNow();
    }

    /** How long it really is until then, in nanoseconds. */
    private long real(Instant then) {
        Duration left = Duration.between(now(), then);
        Pace known = pace;
        return (long) ((left.getSeconds() * 1e9 + left.getNano()) / (known == null ? 1 : known.speed()));
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

    /** Which time it was when, and how fast it passes since. */
    private record Pace(Instant from, long nanos, double speed) {
        Instant at(long now) {
            return from.plusNanos((long) ((now - nanos) * speed));
        }
    }

    /** An action that waits for its time. Guarded by the clock. */
    private final class Planned implements Timeout {
        private final Instant due;
        private final Runnable action;
        private @Nullable Future<?> timer;

        Planned(Instant due, Runnable action) {
            this.due = due;
            this.action = action;
        }

        void plan() {
            try {
                timer = planner.schedule(this::fire, real(due), TimeUnit.NANOSECONDS);
                waiting.add(this);
            } catch (RejectedExecutionException closed) {
                waiting.remove(this);
            }
        }

        void replan() {
            if (timer != null && timer.cancel(false)) {
                plan();
            }
        }

        private void fire() {
            synchronized (SystemClusterClock.this) {
                waiting.remove(this);
            }
            submit(action);
        }

        @Override
        public void cancel() {
            synchronized (SystemClusterClock.this) {
                waiting.remove(this);
                if (timer != null) {
                    timer.cancel(false);
                }
            }
        }
    }
}
