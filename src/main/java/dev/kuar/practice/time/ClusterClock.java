package dev.kuar.practice.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The time of a practice cluster, and the only way in it to wait.
 *
 * <p>Leases, back-offs, probes and time-to-live follow this clock, so a test or a lesson can make minutes pass at once.
 * Actions run on the clock's own threads, must be short, and hand long work to an executor.
 */
public interface ClusterClock {
    /** Now, as it is written into objects. */
    Instant now();

    /**
     * The moment at which something that began at {@code since} has lasted {@code wait}: a lease, a back-off, a time to live.
     * While the cluster slept, nothing of it passed.
     */
    default Instant due(Instant since, Duration wait) {
        return since.plus(wait);
    }

    /** Runs {@code action} once, {@code delay} from now; not before. A delay of zero or less runs it at once on a clock thread. */
    Timeout after(Duration delay, Runnable action);

    /** Blocks the calling thread for {@code delay} of this clock's time. */
    void sleep(Duration delay) throws InterruptedException;

    /** An action that was planned. */
    interface Timeout {
        /** Drops the action if it has not begun; harmless otherwise. */
        void cancel();
    }
}
