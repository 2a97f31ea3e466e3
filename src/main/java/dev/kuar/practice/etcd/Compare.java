package dev.kuar.practice.etcd;

import java.util.Arrays;

/**
 * A condition of a transaction on a key, or on each in {@code [key, to)}.
 *
 * @param number what a version, a revision or a lease is compared with
 * @param value what a value is compared with
 */
public record Compare(String key, String to, Target target, Relation relation, long number, byte[] value) {
    private static final Entry ABSENT = new Entry("", new byte[0], 0, 0, 0, 0);

    /** In the order of etcd's numbers. */
    public enum Target {
        VERSION,
        CREATE,
        MOD,
        VALUE,
        LEASE
    }

    /** In the order of etcd's numbers. */
    public enum Relation {
        EQUAL,
        GREATER,
        LESS,
        NOT_EQUAL
    }

    /** A key that is not there has zeros, and no value that could be compared. */
    boolean holdsWhereAbsent() {
        return target != Target.VALUE && holds(ABSENT);
    }

    boolean holds(Entry entry) {
        int order =
                switch (target) {
                    case VERSION -> Long.compare(entry.version(), number);
                    case CREATE -> Long.compare(entry.createRevision(), number);
                    case MOD -> Long.compare(entry.modRevision(), number);
                    case VALUE -> Arrays.compareUnsigned(entry.value(), value);
                    case LEASE -> Long.compare(entry.lease(), number);
                };
        return switch (relation) {
            case EQUAL -> order == 0;
            case GREATER -> order > 0;
            case LESS -> order < 0;
            case NOT_EQUAL -> order != 0;
        };
    }
}
