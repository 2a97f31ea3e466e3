package dev.kuar.practice.etcd;

import java.util.List;

/** What etcd is asked to do with keys; the names and meanings are those of its API. The end of a range is empty for no end. */
public sealed interface Request {
    /**
     * Reads keys in {@code [from, to)}.
     *
     * @param revision 0 for now
     * @param limit 0 for all
     * @param bounds revisions that bound what is shown
     */
    record Range(
            String from,
            String to,
            long revision,
            long limit,
            Order order,
            Target target,
            boolean keysOnly,
            boolean countOnly,
            Bounds bounds)
            implements Request {}

    /** Writes a key; {@code lease} is 0 for none, {@code previous} asks for what was there. */
    record Put(String key, byte[] value, long lease, boolean previous, boolean ignoreValue, boolean ignoreLease)
            implements Request {}

    /** Removes the keys in {@code [from, to)}, all at one revision. */
    record Delete(String from, String to, boolean previous) implements Request {}

    /** Does the one or the other at one revision, as the comparisons hold or not. */
    record Transaction(List<Compare> compares, List<Request> success, List<Request> failure) implements Request {}

    /** Least and greatest mod and create revision; 0 for none. */
    record Bounds(long leastMod, long mostMod, long leastCreate, long mostCreate) {
        public static final Bounds NONE = new Bounds(0, 0, 0, 0);

        boolean isNone() {
            return equals(NONE);
        }

        boolean admits(Entry entry) {
            return (leastMod == 0 || entry.modRevision() >= leastMod)
                    && (mostMod == 0 || entry.modRevision() <= mostMod)
                    && (leastCreate == 0 || entry.createRevision() >= leastCreate)
                    && (mostCreate == 0 || entry.createRevision() <= mostCreate);
        }
    }

    /** In the order of etcd's numbers. */
    enum Order {
        NONE,
        ASCEND,
        DESCEND
    }

    /** What is sorted by, in the order of etcd's numbers. */
    enum Target {
        KEY,
        VERSION,
        CREATE,
        MODIFY,
        VALUE
    }

    /** The newest state of one key. */
    static Range one(String key) {
        return all(key, key + "\0");
    }

    /** The newest state of a range. */
    static Range all(String from, String to) {
        return new Range(from, to, 0, 0, Order.NONE, Target.KEY, false, false, Bounds.NONE);
    }
}
