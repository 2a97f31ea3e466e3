package dev.kuar.practice.store;

import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * An open file of H2's MVStore: a map from revision to record with its checksum, one from revision and part to what a
 * revision holds beyond its first record, and a few figures about the store.
 */
final class MvFile implements AutoCloseable {
    private static final long COMPACTED = 0;
    private static final long OPENINGS = 1;
    private static final long COMPACTIONS = 2;
    private static final long IDENTITY = 3;
    private static final int DEFRAGMENT_MILLIS = 5_000;
    private static final int CACHE_MEGABYTES = 2;
    private static final int FILL_RATE = 50;
    private static final int REWRITE_BYTES = 8 * 1024 * 1024;
    private static final int RETENTION_MILLIS = 45_000;
    private static final int PART_BITS = 20;
    private static final long MOST_PARTS = (1 << PART_BITS) - 1;

    private final MVStore store;
    private final MVMap<Long, byte[]> records;
    private final MVMap<Long, byte[]> further;
    private final MVMap<Long, Long> meta;

    /**
     * Opens the file, or makes it.
     *
     * @param name how MVStore finds it: its path, or one with a scheme of MVStore's before it
     * @throws MVStoreException or another exception when that cannot be
     */
    MvFile(String name) {
        store = new MVStore.Builder()
                .fileName(name)
                .autoCommitDisabled()
                .cacheSize(CACHE_MEGABYTES)
                .open();
        try {
            if (store.hasMap("records")) {
                throw new UnsupportedOperationException(
                        "it is written in an older form, which this kuar does not read");
            }
            store.setRetentionTime(RETENTION_MILLIS);
            records = store.openMap("changes");
            further = store.openMap("further");
            meta = store.openMap("meta");
            if (meta.get(IDENTITY) == null) {
                meta.put(IDENTITY, ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
            }
        } catch (RuntimeException damaged) {
            store.closeImmediately();
            throw damaged;
        }
    }

    /** Whether a failure to open or read says that the file is not what it was, rather than that it cannot be had. */
    static boolean isDamage(Throwable failed) {
        if (failed instanceof OutOfMemoryError || failed instanceof UnsupportedOperationException) {
            return false;
        }
        if (failed instanceof MVStoreException known
                && (known.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                        || known.getErrorCode() == DataUtils.ERROR_WRITING_FAILED)) {
            return false;
        }
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException) {
                return false;
            }
        }
        return true;
    }

    /**
     * All records, in the order of revisions and parts.
     *
     * @throws IllegalStateException when one is not what was written, or one is missing
     */
    List<LogRecord> read() {
        List<LogRecord> all = new ArrayList<>();
        long next = Math.max(2, compacted() + 1);
        Cursor<Long, byte[]> firsts = records.cursor(null);
        Cursor<Long, byte[]> others = further.cursor(null);
        Long other = others.hasNext() ? others.next() : null;
        while (firsts.hasNext() || other != null) {
            Long first = firsts.hasNext() ? firsts.next() : null;
            long revision = first == null ? Long.MAX_VALUE : first;
            // Of a revision that is compacted the first record may be gone and a later one still there.
            for (; other != null && other >> PART_BITS < revision; other = others.hasNext() ? others.next() : null) {
                all.add(part(other, others.getValue(), compacted()));
            }
            if (first == null) {
                break;
            }
            if (revision > compacted()) {
                if (revision != next) {
                    throw new IllegalStateException("revision " + next + " is missing");
                }
                next++;
            }
            all.add(LogRecord.decode(revision, 0, firsts.getValue()));
            int part = 1;
            for (; other != null && other >> PART_BITS == revision; other = others.hasNext() ? others.next() : null) {
                if (revision > compacted() && (other & MOST_PARTS) != part++) {
                    throw new IllegalStateException("a part of revision " + revision + " is missing");
                }
                all.add(LogRecord.decode(revision, (int) (other & MOST_PARTS), others.getValue()));
            }
        }
        return all;
    }

    private static LogRecord part(long place, byte[] bytes, long compacted) {
        long revision = place >> PART_BITS;
        if (revision > compacted) {
            throw new IllegalStateException("the beginning of revision " + revision + " is missing");
        }
        return LogRecord.decode(revision, (int) (place & MOST_PARTS), bytes);
    }

    void remove(LogRecord record) {
        if (record.part() == 0) {
            records.remove(record.revision());
        } else {
            further.remove(place(record));
        }
    }

    /** Drops what has a revision above this one. */
    void dropAfter(long revision) {
        for (Long last = records.lastKey(); last != null && last > revision; last = records.lastKey()) {
            records.remove(last);
        }
        for (Long last = further.lastKey(); last != null && last >> PART_BITS > revision; last = further.lastKey()) {
            further.remove(last);
        }
    }

    private static long place(LogRecord record) {
        if (record.part() > MOST_PARTS) {
            throw new IllegalArgumentException("more than " + MOST_PARTS + " changes at one revision");
        }
        return record.revision() << PART_BITS | record.part();
    }

    long identity() {
        return meta.getOrDefault(IDENTITY, 0L);
    }

    long compacted() {
        return meta.getOrDefault(COMPACTED, 0L);
    }

    void compacted(long revision) {
        meta.put(COMPACTED, revision);
        meta.put(COMPACTIONS, meta.getOrDefault(COMPACTIONS, 0L) + 1);
    }

    void countOpening() {
        meta.put(OPENINGS, meta.getOrDefault(OPENINGS, 0L) + 1);
    }

    /** The newest revision that the file knows of. */
    long newest() {
        Long last = records.lastKey();
        Long other = further.lastKey();
        return Math.max(compacted(), Math.max(last == null ? 0 : last, other == null ? 0 : other >> PART_BITS));
    }

    void append(List<LogRecord> batch) {
        for (LogRecord record : batch) {
            if (record.part() == 0) {
                records.append(record.revision(), record.encode());
            } else {
                further.append(place(record), record.encode());
            }
        }
        sync();
    }

    void sync() {
        store.commit();
        store.sync();
    }

    /** Rewrites what is mostly unused, some of it at a time. */
    void shrink() {
        sync();
        store.compact(FILL_RATE, REWRITE_BYTES);
        store.sync();
    }

    void defragment() {
        store.commit();
        store.compactFile(DEFRAGMENT_MILLIS);
        store.sync();
    }

    Store.Figures figures() {
        long size = store.getFileStore().size();
        return new Store.Figures(
                size,
                size * store.getFileStore().getFillRate() / 100,
                meta.getOrDefault(OPENINGS, 1L),
                meta.getOrDefault(COMPACTIONS, 0L),
                false);
    }

    @Override
    public void close() {
        store.closeImmediately();
    }
}
