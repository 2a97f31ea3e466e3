package dev.kuar.practice.container;

import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A container's share of its node's CPU: work takes as long as it would there, throttled where a limit is set, and is counted.
 * The host is spared: work is waited for, not done.
 */
final class Processor {
    private static final int NODE_CORES = 4;
    private static final int TURNS = 1000;
    private static final Duration BUSY = Duration.ofSeconds(2);
    private static final Duration REST = Duration.ofMillis(50);

    private final ClusterClock clock;
    private volatile double cores;
    private final AtomicLong nanos = new AtomicLong();
    private Instant free = Instant.MIN;

    /** @param limit in thousandths of a core; 0 for none */
    Processor(ClusterClock clock, long limit) {
        this.clock = clock;
        this.cores = cores(limit);
    }

    private static double cores(long limit) {
        return limit > 0 ? limit / 1000.0 : NODE_CORES;
    }

    /** Changes the limit, in thousandths of a core; 0 for none. */
    void limit(long limit) {
        cores = cores(limit);
    }

    /** What was used so far. */
    double seconds() {
        return nanos.get() / 1e9;
    }

    /**
     * Works, and returns when that is done.
     *
     * @param cost of one core
     * @param threads over how many it is spread
     */
    void work(Duration cost, int threads) throws InterruptedException {
        work(clock.now(), cost, threads, clock::sleep);
    }

    private void work(Instant since, Duration cost, int threads, Pause pause) throws InterruptedException {
        Instant soonest = since.plusNanos(cost.toNanos() / threads);
        Instant end;
        synchronized (this) {
            Instant begin = free.isAfter(since) ? free : since;
            free = begin.plusNanos((long) (cost.toNanos() / cores));
            end = free.isAfter(soonest) ? free : soonest;
        }
        Duration left = Duration.between(clock.now(), end);
        if (!left.isNegative()) {
            pause.sleep(left);
        }
        nanos.addAndGet(cost.toNanos());
    }

    /** How one who works waits until the work is done. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    /** Watches one thread that may run in circles. */
    Circles circles() {
        return circles(clock::sleep);
    }

    /** The same for one who waits in a way of its own. */
    Circles circles(Pause pause) {
        return new Circles(pause);
    }

    /** A loop that never waits for anything would take a core of the host: it is counted as such, and held back. */
    final class Circles {
        private Instant since = Instant.MIN;
        private int turns = TURNS;
        private final Pause pause;

        private Circles(Pause pause) {
            this.pause = pause;
        }

        /** Once around. */
        void turn() throws InterruptedException {
            if (turns++ < TURNS) {
                return;
            }
            Instant now = clock.now();
            // So many turns in so short a time waited for nobody.
            if (!since.equals(Instant.MIN) && since.plus(BUSY).isAfter(now)) {
                work(since, Duration.between(since, now).plus(REST), 1, pause);
            }
            since = clock.now();
            turns = 0;
        }
    }
}
