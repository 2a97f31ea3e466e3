package dev.kuar.practice.api;

import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;

/**
 * Forgets history that is five minutes old, as a kube-apiserver has its etcd do; what was there at the start goes first,
 * so that nobody can begin a watch before the cluster did.
 */
final class Compactor implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final long MOST = 100_000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final Storage storage;
    private final ClusterClock clock;
    private volatile boolean closed;
    private volatile ClusterClock.Timeout next;
    private volatile long marked;
    private Duration sinceMark = Duration.ZERO;

    Compactor(Storage storage, ClusterClock clock) {
        this.storage = storage;
        this.clock = clock;
        this.next =
                clock.after(FIRST.dividedBy(5), () -> marked = storage.store().revision());
        plan(FIRST);
    }

    private void plan(Duration delay) {
        next = clock.after(delay, this::run);
    }

    private void run() {
        if (closed) {
            return;
        }
        try {
            look();
        } catch (RuntimeException refused) {
            System.getLogger(Compactor.class.getName()).log(System.Logger.Level.WARNING, "compaction", refused);
        }
        plan(LOOK_EVERY);
    }

    private void look() {
        long now = storage.store().revision();
        sinceMark = sinceMark.plus(LOOK_EVERY);
        boolean first = storage.store().compactedRevision() == 0;
        if (first || sinceMark.compareTo(EVERY) >= 0 || now - marked > MOST) {
            compact(marked);
            marked = now;
            sinceMark = Duration.ZERO;
        }
    }

    private void compact(long revision) {
        if (revision > storage.store().compactedRevision()) {
            storage.store().compact(revision);
            storage.compacted(revision);
        }
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
    }
}
