package dev.kuar.practice.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The practice cluster's etcd: keys to values under one revision counter, with history until it is compacted.
 *
 * <p>Thread-safe. A write returns only when it is durable (unless the store is ephemeral); readers see it and watchers
 * are told in revision order. Revisions start at 1 and rise by one a transaction; they never go back, over restarts too.
 */
public interface Store extends AutoCloseable {
    /** The newest revision; 1 for an empty store. */
    long revision();

    /** History up to and including this revision is gone; 0 when nothing was compacted. */
    long compactedRevision();

    /** The newest state of a key. */
    Optional<Entry> get(String key);

    /**
     * Keys in {@code [from, to)} in key order, as they were at {@code revision}.
     *
     * @param revision 0 for the newest
     * @param limit at most so many entries; 0 for all. {@link Range#total()} counts all in any case
     * @throws CompactedException when the revision is no longer there
     * @throws FutureRevisionException when it is not there yet
     */
    Range range(String from, String to, long revision, int limit);

    /**
     * Writes a key if it still is as the caller thinks.
     *
     * @param expectedModRevision the key's mod revision that the caller saw; 0 for "absent"; {@link #ANY} for whatever
     * @param value makes the bytes from the revision that the write will have; called once, under the write lock, must be fast
     * @return the entry as written, or empty when the expectation failed (nothing was written)
     */
    Optional<Entry> put(String key, long expectedModRevision, LongFunction<byte[]> value);

    /** Removes a key; the removed entry, or empty when the expectation failed or there is none. The revision of the removal is {@link #revision()} at or after. */
    Optional<Deleted> delete(String key, long expectedModRevision);

    /**
     * Does several writes at one revision: all of them or none.
     *
     * @param decision says which, each key once; called once, while nothing else is written, so that what it reads of the store
     *     is what the writes are done to; must be fast. What it throws is thrown here, and nothing is written
     * @return what was done, in the order asked for; removals of keys that are not there are left out, and without any other
     *     the revision stays
     */
    List<Change> transact(Supplier<List<Op>> decision);

    /**
     * Tells {@code listener} of every change of keys in {@code [from, to)} after {@code afterRevision}, in order, each once.
     * Called on the store's dispatch thread; must be fast and must not block. Changes of one revision come in one list.
     *
     * @throws CompactedException when that history is gone
     */
    Watch watch(String from, String to, long afterRevision, Consumer<List<Change>> listener);

    /** Forgets history up to {@code revision}; the newest state of every key stays. */
    void compact(long revision);

    /** Gives unused space of the file back; nothing for an ephemeral store. */
    void defragment();

    /** Every change that is still kept, up to and including {@code revision}, in revision order; {@code previous} is empty. */
    List<Change> history(long revision);

    /** What the store is as a file, and what happened to it. */
    Figures figures();

    /**
     * Figures of a store.
     *
     * @param bytes of its file, or of what it holds where there is none
     * @param bytesInUse of those
     * @param openings how often it was opened, this time included
     * @param compactions how often it was compacted
     * @param full whether the last write was refused because the disk has no room
     */
    record Figures(long bytes, long bytesInUse, long openings, long compactions, boolean full) {
        Figures whenFull(boolean isFull) {
            return new Figures(bytes, bytesInUse, openings, compactions, isFull);
        }
    }

    /**
     * Writes all that the store holds, history included, to a new file that {@link Stores#open} can open as
     * {@code store.mv}, as of one revision; writes go on meanwhile.
     *
     * @return that revision
     * @throws StoreException when it cannot be written
     */
    long copyTo(Path file);

    @Override
    void close();

    /** Whatever the mod revision is. */
    long ANY = -1;

    /** The end of the range of all keys that begin with {@code prefix}. */
    static String prefixEnd(String prefix) {
        char last = prefix.charAt(prefix.length() - 1);
        return prefix.substring(0, prefix.length() - 1) + (char) (last + 1);
    }

    /** A key at a revision; {@code version} counts its writes since it was created. The value is shared, not to be changed. */
    record Entry(String key, byte[] value, long createRevision, long modRevision, long version) {}

    /** A removal: what the key was before, and the revision that removed it. */
    record Deleted(Entry previous, long revision) {}

    /** A page of keys at {@code revision}; {@code total} counts the keys in the whole range. */
    record Range(long revision, List<Entry> entries, long total) {}

    /** A put, or a removal where the value is null. */
    record Op(String key, byte @Nullable [] value) {}

    /**
     * A put ({@code now} is there) or a removal ({@code now} is empty) at {@code revision}.
     *
     * @param part which of the changes of that revision, from 0
     */
    record Change(String key, long revision, int part, Optional<Entry> previous, Optional<Entry> now) {}

    /** A running watch. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
