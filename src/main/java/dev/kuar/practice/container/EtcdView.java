package dev.kuar.practice.container;

import java.util.List;
import java.util.function.Consumer;

/** The store of the cluster as its etcd shows it to etcdctl. Keys are text, values are what etcd would hold. */
public interface EtcdView {
    long revision();

    /**
     * Keys in {@code [from, to)} in key order.
     *
     * @param revision 0 for now
     * @param limit 0 for all
     * @throws IllegalArgumentException worded as etcd words it, for a revision that is not there
     */
    Page range(String from, String to, long revision, int limit);

    /** Writes; the new revision. */
    long put(String key, byte[] value);

    /** Removes; the previous entries. */
    List<Entry> delete(String from, String to);

    /** Follows changes after a revision until closed. */
    AutoCloseable watch(String from, String to, long afterRevision, Consumer<Event> listener);

    void compact(long revision);

    long sizeInBytes();

    /** A key at a revision. */
    record Entry(String key, byte[] value, long createRevision, long modRevision, long version) {}

    /** A page; {@code total} counts the whole range. */
    record Page(long revision, List<Entry> entries, long total) {}

    /** A put, or a removal, where {@code value} is empty. */
    record Event(boolean put, Entry entry) {}
}
