package dev.kuar.practice.store;

import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** An open file of H2's MVStore: a map from revision to record with its checksum, and a few figures about the store. */
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

    private final MVStore store;
    private final MVMap<Long, byte[]> records;
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

    MVMap<Long, byte[]> records() {
        return records;
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
        return Math.max(compacted(), last == null ? 0 : last);
    }

    void append(List<LogRecord> batch) {
        for (LogRecord record : batch) {
            records.append(record.revision(), record.encode());
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
