package dev.kuar.practice.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A journal in a file of H2's MVStore: a map from revision to record, synced to disk at each append.
 *
 * <p>MVStore appends chunks and overwrites only what has been unused for a while, so a file that was cut or torn after
 * the last sync opens with all that was synced. After a failure (disk full) the file is opened anew at the next append,
 * and whatever of the failed one got through is dropped, because nobody was told of it.
 */
final class MvJournal implements Journal {
    private static final long COMPACTED = 0;
    private static final long OPENINGS = 1;
    private static final long COMPACTIONS = 2;
    private static final int DEFRAGMENT_MILLIS = 5_000;
    private static final int CACHE_MEGABYTES = 2;
    private static final int FILL_RATE = 50;
    private static final int REWRITE_BYTES = 8 * 1024 * 1024;
    private static final int RETENTION_MILLIS = 45_000;

    private final Path file;
    private MVStore store;
    private MVMap<Long, byte[]> records;
    private MVMap<Long, Long> meta;
    private long lastKept;
    private boolean broken;

    private MvJournal(Path file, MVStore store) {
        this.file = file;
        this.store = store;
        records = store.openMap("records");
        meta = store.openMap("meta");
    }

    static MvJournal open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            boolean fresh = !Files.exists(file);
            MvJournal journal = new MvJournal(file, openFile(file));
            if (fresh && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            return journal;
        } catch (IOException e) {
            throw new StoreException("cannot make " + file + ": " + reason(e), e);
        }
    }

    private static MVStore openFile(Path file) {
        try {
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .cacheSize(CACHE_MEGABYTES)
                    .open();
            store.setRetentionTime(RETENTION_MILLIS);
            return store;
        } catch (MVStoreException e) {
            throw new StoreException("cannot open " + file + ": " + reason(e), e);
        }
    }

    @Override
    public long replay(Consumer<LogRecord> reader) {
        records.cursor(null).forEachRemaining(revision -> {
            byte[] bytes = records.get(revision);
            if (bytes != null) {
                reader.accept(LogRecord.decode(revision, bytes));
            }
        });
        long compacted = meta.getOrDefault(COMPACTED, 0L);
        Long last = records.lastKey();
        lastKept = Math.max(compacted, last == null ? 0 : last);
        meta.put(OPENINGS, meta.getOrDefault(OPENINGS, 0L) + 1);
        return compacted;
    }

    @Override
    public void append(List<LogRecord> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            if (broken) {
                reopen();
            }
            for (LogRecord record : batch) {
                records.append(record.revision(), record.encode());
            }
            store.commit();
            store.sync();
            lastKept = batch.get(batch.size() - 1).revision();
        } catch (MVStoreException | UncheckedIOException e) {
            broken = true;
            throw new StoreException("cannot write " + file + ": " + reason(e), e);
        }
    }

    private void reopen() {
        store.closeImmediately();
        store = openFile(file);
        records = store.openMap("records");
        meta = store.openMap("meta");
        Long last = records.lastKey();
        while (last != null && last > lastKept) {
            records.remove(last);
            last = records.lastKey();
        }
        broken = false;
    }

    @Override
    public void compact(long compactedRevision, List<Long> superseded) {
        try {
            if (broken) {
                reopen();
            }
            superseded.forEach(records::remove);
            meta.put(COMPACTED, compactedRevision);
            meta.put(COMPACTIONS, meta.getOrDefault(COMPACTIONS, 0L) + 1);
            store.commit();
            store.compact(FILL_RATE, REWRITE_BYTES);
            store.sync();
        } catch (MVStoreException | UncheckedIOException e) {
            broken = true;
        }
    }

    @Override
    public void defragment() {
        try {
            store.commit();
            store.compactFile(DEFRAGMENT_MILLIS);
            store.sync();
        } catch (MVStoreException | UncheckedIOException e) {
            broken = true;
            throw new StoreException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Store.Figures figures() {
        long size = store.getFileStore().size();
        return new Store.Figures(
                size,
                size * store.getFileStore().getFillRate() / 100,
                meta.getOrDefault(OPENINGS, 1L),
                meta.getOrDefault(COMPACTIONS, 0L));
    }

    /** Writes records, in revision order, to a new file that {@link #open} opens. */
    static void write(Path target, List<LogRecord> all, long compacted) {
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new StoreException("cannot make " + target + ": " + reason(e), e);
        }
        MVStore copy = openFile(target);
        try {
            MVMap<Long, byte[]> into = copy.openMap("records");
            all.forEach(record -> into.append(record.revision(), record.encode()));
            copy.<Long, Long>openMap("meta").put(COMPACTED, compacted);
            copy.commit();
            copy.sync();
        } catch (MVStoreException e) {
            throw new StoreException("cannot write " + target + ": " + reason(e), e);
        } finally {
            copy.closeImmediately();
        }
    }

    /** What the system said, beneath what MVStore says of it. */
    private static String reason(Exception failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return String.valueOf(deepest.getMessage());
    }

    @Override
    public void close() {
        store.closeImmediately();
    }
}
