package dev.kuar.practice.store;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A write on its way through the queue. Guarded by the store's lock until it is done. */
abstract class PendingWrite {
    private List<LogRecord> records = List.of();
    private List<Store.Change> changes = List.of();
    private @Nullable RuntimeException failure;
    private @Nullable Condition turn;
    private boolean done;

    /** What its writer waits for until it is done, or until it may be the one to write. */
    final Condition turn(Lock store) {
        if (turn == null) {
            turn = store.newCondition();
        }
        return turn;
    }

    /** Lets its writer look again, if it waits. */
    final void callWriter() {
        if (turn != null) {
            turn.signal();
        }
    }

    /**
     * Holds the write's expectation against what is there; what it throws becomes the outcome.
     *
     * @param revision that the write will have
     * @return how many revisions it takes, 0 or 1
     */
    final int decide(long revision, KeyIndex index) {
        try {
            records = records(revision, index);
        } catch (RuntimeException refused) {
            failure = refused;
        }
        return records.isEmpty() ? 0 : 1;
    }

    abstract List<LogRecord> records(long revision, KeyIndex index);

    final List<LogRecord> records() {
        return records;
    }

    final void shown(List<Store.Change> shown) {
        changes = shown;
    }

    /** Lets the writer go on; where the journal failed, so did each write that had something for it. */
    final void end(@Nullable RuntimeException journalFailure) {
        if (journalFailure != null && !records.isEmpty()) {
            failure = journalFailure;
        }
        done = true;
        callWriter();
    }

    final boolean isDone() {
        return done;
    }

    final List<Store.Change> outcome() {
        if (failure != null) {
            throw failure;
        }
        return changes;
    }

    static Store.@Nullable Entry newest(KeyIndex index, String key) {
        KeyHistory history = index.get(key);
        return history == null ? null : history.newest().entry();
    }

    static LogRecord put(long revision, int part, String key, Store.@Nullable Entry now, byte[] value) {
        long create = now == null ? revision : now.createRevision();
        long version = now == null ? 1 : now.version() + 1;
        return new LogRecord(revision, part, key, create, version, value);
    }
}
