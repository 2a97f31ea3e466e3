package dev.kuar.practice.store;

import java.util.List;
import java.util.function.Consumer;

/** Keeps nothing: for clusters that say that they are not durable. */
final class EphemeralJournal implements Journal {
    @Override
    public long replay(Consumer<LogRecord> reader) {
        return 0;
    }

    @Override
    public void append(List<LogRecord> records) {
        // nothing to keep
    }

    private long compactions;

    @Override
    public void compact(long compactedRevision, List<LogRecord> superseded) {
        compactions++;
    }

    @Override
    public void defragment() {
        // there is no file
    }

    @Override
    public Store.Figures figures() {
        return new Store.Figures(0, 0, 1, compactions, false);
    }

    @Override
    public void close() {
        // nothing to release
    }
}
