package dev.kuar.practice.schema;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A protobuf message that is being written, field by field. */
class ProtoMessage {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    final byte[] toBytes() {
        return out.toByteArray();
    }

    final void text(int field, @Nullable Object value) {
        if (value instanceof String text && !text.isEmpty()) {
            bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    final void truth(int field, boolean value) {
        if (value) {
            number(field << 3);
            number(1);
        }
    }

    final void integer(int field, long value) {
        number(field << 3);
        number(value);
    }

    final void real(int field, double value) {
        number((field << 3) | 1);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
    }

    final void message(int field, ProtoMessage message) {
        bytes(field, message.out.toByteArray());
    }

    /** A pair of a name and a value, as messages spell the entries of a map. */
    final void named(int field, String name, ProtoMessage value) {
        ProtoMessage pair = new ProtoMessage();
        pair.text(1, name);
        pair.message(2, value);
        message(field, pair);
    }

    private void bytes(int field, byte[] bytes) {
        number((field << 3) | 2);
        number(bytes.length);
        out.writeBytes(bytes);
    }

    private void number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
