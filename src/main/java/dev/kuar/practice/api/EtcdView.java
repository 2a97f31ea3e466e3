package dev.kuar.practice.api;

import java.util.List;

/** The cluster's etcd as {@code etcdctl} sees it: keys under {@code /registry/}, values in their stored form. */
public interface EtcdView {
    /** The newest revision. */
    long revision();

    /** History up to and including this revision is gone. */
    long compactedRevision();

    /**
     * Keys in {@code [from, to)} in key order.
     *
     * @param revision 0 for the newest
     * @param limit 0 for all
     * @param keysOnly leaves the values empty, which spares their encoding
     */
    Page range(String from, String to, long revision, int limit, boolean keysOnly);

    /** A value of the store in the form that etcd would hold. */
    byte[] stored(byte[] value);

    /**
     * What the store keeps of a value that a client of etcd puts: an object in its stored form where it is one, is of its key's kind
     * and has its key's name; anything else as it is, marked as no object.
     *
     * @param revision that the write will have
     */
    byte[] kept(String key, byte[] value, long revision);

    /** One key as etcd holds it. */
    record KeyValue(String key, byte[] value, long createRevision, long modRevision, long version) {}

    /** A part of a range; {@code total} counts the keys of the whole range. */
    record Page(long revision, List<KeyValue> entries, long total) {}
}
