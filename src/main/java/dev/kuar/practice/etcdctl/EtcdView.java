package dev.kuar.practice.etcdctl;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The store of the cluster as its etcd shows it to etcdctl. Keys are text, values are what etcd would hold. */
public interface EtcdView {
    long revision();

    long compactedRevision();

    /**
     * Keys in {@code [from, to)} in key order.
     *
     * @param to empty for no end
     * @param revision 0 for now
     * @param limit 0 for all
     * @throws IllegalArgumentException worded as etcd words it, for a revision that is not there
     */
    Page range(String from, String to, long revision, int limit);

    /**
     * Writes; the previous entry.
     *
     * @param lease 0 for none
     * @throws IllegalArgumentException worded as etcd words it, where there is no such lease or no room
     */
    Optional<Entry> put(String key, byte[] value, long lease);

    /**
     * Removes; the previous entries.
     *
     * @throws IllegalArgumentException worded as etcd words it, where there is no room
     */
    List<Entry> delete(String from, String to);

    /** Follows changes after a revision until closed. */
    AutoCloseable watch(String from, String to, long afterRevision, Consumer<Event> listener);

    /** @throws IllegalArgumentException worded as etcd words it, for a revision that is gone or not there yet */
    void compact(long revision);

    /** Gives unused space of the file back. */
    void defragment();

    Figures figures();

    /** The CRC-32C over the whole history up to a revision, built as etcd builds it. */
    long hash(long revision);

    Leases leases();

    /**
     * What the store says of itself.
     *
     * @param bytes of its file; of what it holds where it is in memory only
     * @param bytesInUse of those
     * @param term how often a leader was elected, plus one: once each time that the cluster started
     * @param index how many entries a log of all that was asked of it would have
     * @param full whether it takes no writes because there is no room
     */
    record Figures(long bytes, long bytesInUse, long term, long index, boolean full) {}

    /** A key at a revision; {@code lease} is 0 for none. */
    record Entry(String key, byte[] value, long createRevision, long modRevision, long version, long lease) {}

    /** A page; {@code total} counts the whole range. */
    record Page(long revision, List<Entry> entries, long total) {}

    /** A put, or a removal, where the entry's value is empty. */
    record Event(boolean put, Entry entry, Optional<Entry> previous) {}

    /** Leases: keys attached to one are removed when it runs out. */
    interface Leases {
        /** @param id 0 for any */
        long grant(long id, long seconds);

        /** False where there is none. */
        boolean revoke(long id);

        /** Renews it; the seconds granted, 0 where there is none. */
        long keepAlive(long id);

        Optional<Lease> find(long id);

        List<Long> ids();
    }

    /** A lease: seconds granted and left, keys in order. */
    record Lease(long id, long granted, long left, List<String> keys) {}
}
