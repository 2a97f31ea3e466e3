package dev.kuar.practice.etcd;

/** A key at a revision; {@code lease} is 0 for none. A removal has neither value nor versions. */
public record Entry(String key, byte[] value, long createRevision, long modRevision, long version, long lease) {
    Entry withoutValue() {
        return new Entry(key, new byte[0], createRevision, modRevision, version, lease);
    }
}
