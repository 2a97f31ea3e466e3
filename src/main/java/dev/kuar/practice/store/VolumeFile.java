package dev.kuar.practice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * A file of named collections of records: what is in the volumes of a cluster. Not its objects, which are in the {@link Store}.
 *
 * <p>The file is opened when there is one or something is to be kept, so a cluster without data has none. A damaged one is set
 * aside. Writes are committed together but not synced: a loss of power may take the last of them, as of a machine's disks.
 * Not thread-safe.
 */
public final class VolumeFile implements AutoCloseable {
    private static final int CACHE_MEGABYTES = 2;
    private static final int SHRINK_MILLIS = 200;
    private static final char END_OF_NAME = '\0';
    private static final char PAST_NAME = '\1';

    private final Path file;
    private @Nullable MVStore store;
    private @Nullable MVMap<String, byte[]> records;
    private boolean removed;

    public VolumeFile(Path file) {
        this.file = file;
    }

    /**
     * All records of a collection.
     *
     * @throws IOException when the file cannot be had; one that is damaged is set aside, which reads as empty the next time
     */
    public Map<String, byte[]> load(String name) throws IOException {
        MVMap<String, byte[]> all = records == null && !Files.exists(file) ? null : open();
        Map<String, byte[]> found = new HashMap<>();
        if (all == null) {
            return found;
        }
        String prefix = name + END_OF_NAME;
        try {
            Cursor<String, byte[]> cursor = all.cursor(prefix);
            while (cursor.hasNext() && cursor.next().startsWith(prefix)) {
                found.put(cursor.getKey().substring(prefix.length()), cursor.getValue());
            }
        } catch (RuntimeException damaged) {
            throw broken(damaged);
        }
        return found;
    }

    /**
     * Puts records, collection to key to record, an empty record removes its key.
     *
     * @throws IOException when they cannot be written
     */
    public void save(Map<String, Map<String, byte[]>> changes) throws IOException {
        MVMap<String, byte[]> all = open();
        try {
            changes.forEach((name, some) -> some.forEach((key, record) -> {
                if (record.length == 0) {
                    all.remove(name + END_OF_NAME + key);
                    removed = true;
                } else {
                    all.put(name + END_OF_NAME + key, record);
                }
            }));
            all.getStore().commit();
        } catch (RuntimeException failed) {
            throw broken(failed);
        }
    }

    /**
     * Removes a collection.
     *
     * @throws IOException when that cannot be written
     */
    public void forget(String name) throws IOException {
        if (records == null && !Files.exists(file)) {
            return;
        }
        MVMap<String, byte[]> all = open();
        try {
            String key = all.ceilingKey(name + END_OF_NAME);
            while (key != null && key.compareTo(name + PAST_NAME) < 0) {
                all.remove(key);
                removed = true;
                key = all.higherKey(key);
            }
            all.getStore().commit();
        } catch (RuntimeException failed) {
            throw broken(failed);
        }
    }

    private MVMap<String, byte[]> open() throws IOException {
        MVMap<String, byte[]> there = records;
        if (there != null) {
            return there;
        }
        MVStore opened = null;
        try {
            opened = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .cacheSize(CACHE_MEGABYTES)
                    .open();
            StoreFiles.makePrivate(file);
            there = opened.openMap("files");
            store = opened;
            records = there;
            return there;
        } catch (RuntimeException failed) {
            if (opened != null) {
                opened.closeImmediately();
            }
            throw broken(failed);
        }
    }

    /** Sets a damaged file aside; the failure to throw. */
    private IOException broken(RuntimeException failed) throws IOException {
        MVStore opened = store;
        if (opened != null) {
            opened.closeImmediately();
        }
        store = null;
        records = null;
        if (!MvFile.isDamage(failed) || !Files.exists(file)) {
            return new IOException(failed.getMessage(), failed);
        }
        Path aside = StoreFiles.setAside(file);
        return new IOException("it was damaged and is now " + aside + ": " + failed.getMessage(), failed);
    }

    @Override
    public void close() {
        MVStore opened = store;
        if (opened != null && !opened.isClosed()) {
            opened.close(removed ? SHRINK_MILLIS : 0);
        }
        store = null;
        records = null;
    }
}
