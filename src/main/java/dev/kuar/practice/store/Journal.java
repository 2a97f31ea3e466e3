package dev.kuar.practice.store;

import java.util.List;
import java.util.function.Consumer;

/** Where changes are kept over restarts. Calls come one at a time. */
interface Journal extends AutoCloseable {
    /** Gives every record that is kept, in the order of revisions and parts; called once, first. Returns the compacted revision. */
    long replay(Consumer<LogRecord> reader);

    /**
     * Keeps the records and returns when they are on disk.
     *
     * @throws StoreException when they are not: none of them is kept then
     */
    void append(List<LogRecord> records);

    /** Drops these records, and keeps the compacted revision. */
    void compact(long compactedRevision, List<LogRecord> superseded);

    /** Gives unused space back. */
    void defragment();

    /** Of the file; {@code bytes} is 0 where there is none. */
    Store.Figures figures();

    @Override
    void close();
}
