package dev.kuar.practice.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One change as the journal keeps it.
 *
 * @param revision of the change
 * @param part which of the changes of that revision, from 0
 * @param key the key
 * @param createRevision 0 for a removal
 * @param version 0 for a removal
 * @param value null for a removal
 */
record LogRecord(long revision, int part, String key, long createRevision, long version, byte @Nullable [] value) {
    private static final int HEAD = 24;

    static final Comparator<LogRecord> IN_ORDER =
            Comparator.comparingLong(LogRecord::revision).thenComparingInt(LogRecord::part);

    static LogRecord removal(long revision, int part, String key) {
        return new LogRecord(revision, part, key, 0, 0, null);
    }

    /** The entry that a put leaves, or null for a removal. */
    Store.@Nullable Entry entry() {
        return value == null ? null : new Store.Entry(key, value, createRevision, revision, version);
    }

    /** All but the revision and the part: checksum of the rest and of those, create revision, version, length of the key, key, value. */
    byte[] encode() {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        int length = value == null ? 0 : value.length;
        ByteBuffer out = ByteBuffer.allocate(HEAD + name.length + length);
        out.putInt(0)
                .putLong(createRevision)
                .putLong(version)
                .putInt(name.length)
                .put(name);
        if (value != null) {
            out.put(value);
        }
        return out.putInt(0, sum(revision, part, out.array())).array();
    }

    private static int sum(long revision, int part, byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(revision).flip());
        if (part > 0) {
            crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(part).flip());
        }
        crc.update(record, Integer.BYTES, record.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    /** @throws IllegalStateException when the bytes are not those of {@link #encode} */
    static LogRecord decode(long revision, int part, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < HEAD || in.getInt() != sum(revision, part, bytes)) {
            throw new IllegalStateException("revision " + revision + " is not what was written");
        }
        long create = in.getLong();
        long version = in.getLong();
        byte[] name = new byte[in.getInt()];
        in.get(name);
        String key = new String(name, StandardCharsets.UTF_8);
        if (create == 0) {
            return removal(revision, part, key);
        }
        byte[] value = new byte[in.remaining()];
        in.get(value);
        return new LogRecord(revision, part, key, create, version, value);
    }
}
