package dev.kuar.practice.etcd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A protobuf message as it is written field by field; fields that hold nothing are left out. */
public final class Proto {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public Proto number(int field, long value) {
        if (value != 0) {
            varint((long) field << 3);
            varint(value);
        }
        return this;
    }

    public Proto bytes(int field, byte[] value) {
        if (value.length > 0) {
            message(field, value);
        }
        return this;
    }

    public Proto text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** An inner message, also when it is empty. */
    public Proto message(int field, byte[] value) {
        varint((long) field << 3 | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    /** etcd's KeyValue: {@code key}, revisions, version, value, lease. */
    public static byte[] keyValue(String key, long create, long mod, long version, byte[] value, long lease) {
        return new Proto()
                .bytes(1, KeyText.bytes(key))
                .number(2, create)
                .number(3, mod)
                .number(4, version)
                .bytes(5, value)
                .number(6, lease)
                .toBytes();
    }

    public static byte[] keyValue(Entry entry) {
        return keyValue(
                entry.key(),
                entry.createRevision(),
                entry.modRevision(),
                entry.version(),
                entry.value(),
                entry.lease());
    }
}
