package dev.kuar.practice.zookeeper;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Values as bytes, as ZooKeeper's serialization writes them: numbers big-endian, texts and buffers behind their lengths. */
final class Jute {
    private Jute() {}

    /** What is being written. */
    static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Writer number(int value) {
            return put(() -> out.writeInt(value));
        }

        Writer big(long value) {
            return put(() -> out.writeLong(value));
        }

        Writer flag(boolean value) {
            return put(() -> out.writeBoolean(value));
        }

        Writer buffer(byte[] value) {
            number(value.length);
            return put(() -> out.write(value));
        }

        Writer text(String value) {
            return buffer(value.getBytes(StandardCharsets.UTF_8));
        }

        Writer texts(List<String> values) {
            number(values.size());
            values.forEach(this::text);
            return this;
        }

        Writer access(List<Access> values) {
            number(values.size());
            values.forEach(
                    each -> number(each.permissions()).text(each.scheme()).text(each.id()));
            return this;
        }

        Writer raw(byte[] value) {
            return put(() -> out.write(value));
        }

        private Writer put(Write write) {
            try {
                write.run();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        /** Behind its length. */
        byte[] frame() {
            return new Writer().buffer(bytes()).bytes();
        }
    }

    /** A write that can't fail. */
    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    /** What is being read; throws {@code UncheckedIOException} where it ends too early. */
    static final class Reader {
        private final DataInputStream in;

        Reader(byte[] bytes) {
            in = new DataInputStream(new ByteArrayInputStream(bytes));
        }

        int number() {
            return get(in::readInt);
        }

        long big() {
            return get(in::readLong);
        }

        boolean flag() {
            return get(in::readBoolean);
        }

        byte[] buffer() {
            int length = number();
            return get(() -> {
                byte[] value = new byte[Math.max(0, Math.min(length, in.available()))];
                in.readFully(value);
                return value;
            });
        }

        String text() {
            return new String(buffer(), StandardCharsets.UTF_8);
        }

        List<String> texts() {
            List<String> texts = new ArrayList<>();
            for (int left = number(); left > 0; left--) {
                texts.add(text());
            }
            return texts;
        }

        List<Access> access() {
            List<Access> all = new ArrayList<>();
            for (int left = number(); left > 0; left--) {
                all.add(new Access(number(), text(), text()));
            }
            return all;
        }

        /** Passes over a byte. */
        void skip() {
            get(in::readByte);
        }

        int left() {
            return get(in::available);
        }

        private static <T> T get(Read<T> read) {
            try {
                return read.get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A read that fails where nothing is left. */
    @FunctionalInterface
    private interface Read<T> {
        T get() throws IOException;
    }
}
