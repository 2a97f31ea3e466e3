package dev.kuar.practice.store;

import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A write of one key that is done if the key still is as its writer thinks. */
final class SingleWrite extends PendingWrite {
    private final String key;
    private final long expected;
    private final @Nullable LongFunction<byte[]> value;

    /** @param value null for a removal */
    SingleWrite(String key, long expected, @Nullable LongFunction<byte[]> value) {
        this.key = key;
        this.expected = expected;
        this.value = value;
    }

    String key() {
        return key;
    }

    @Override
    List<LogRecord> records(long revision, KeyIndex index) {
        Store.Entry now = newest(index, key);
        boolean held = expected == Store.ANY || expected == (now == null ? 0 : now.modRevision());
        if (!held || (value == null && now == null)) {
            return List.of();
        }
        return List.of(
                value == null
                        ? LogRecord.removal(revision, 0, key)
                        : put(revision, 0, key, now, value.apply(revision)));
    }
}
