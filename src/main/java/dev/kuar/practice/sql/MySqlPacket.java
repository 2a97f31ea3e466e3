package dev.kuar.practice.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A packet of MySQL's protocol as it is put together: numbers have their low bytes first. */
public final class MySqlPacket {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** An empty packet. */
    public MySqlPacket() {}

    /** A number of so many bytes. */
    public MySqlPacket number(long number, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (number >>> 8 * i));
        }
        return this;
    }

    public MySqlPacket bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** A text with a zero behind. */
    public MySqlPacket zeroed(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8)).number(0, 1);
    }

    /** A number in as few bytes as it takes. */
    public MySqlPacket length(long number) {
        if (number < 251) {
            return number(number, 1);
        }
        if (number < 1 << 16) {
            return number(0xfc, 1).number(number, 2);
        }
        return number < 1 << 24
                ? number(0xfd, 1).number(number, 3)
                : number(0xfe, 1).number(number, 8);
    }

    /** A text with its length before. */
    public MySqlPacket text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return length(bytes.length).bytes(bytes);
    }

    byte[] body() {
        return out.toByteArray();
    }

    /** With its head. */
    public byte[] framed(int sequence) {
        return framed(body(), sequence);
    }

    static byte[] framed(byte[] body, int sequence) {
        byte[] all = new byte[4 + body.length];
        all[0] = (byte) body.length;
        all[1] = (byte) (body.length >> 8);
        all[2] = (byte) (body.length >> 16);
        all[3] = (byte) sequence;
        System.arraycopy(body, 0, all, 4, body.length);
        return all;
    }

    /** A packet as it is taken apart. */
    public static final class Reader {
        private final byte[] body;
        private int at;

        /** @param body without the head */
        public Reader(byte[] body) {
            this.body = body;
        }

        public int left() {
            return body.length - at;
        }

        public void skip(int count) {
            at = Math.min(body.length, at + count);
        }

        /** The first byte that is not read yet. */
        public int peek() {
            return at < body.length ? body[at] & 0xff : -1;
        }

        public long number(int bytes) {
            long number = 0;
            for (int i = 0; i < bytes && at < body.length; i++) {
                number |= (body[at++] & 0xffL) << 8 * i;
            }
            return number;
        }

        public long length() {
            int first = (int) number(1);
            return switch (first) {
                case 0xfc -> number(2);
                case 0xfd -> number(3);
                case 0xfe -> number(8);
                default -> first;
            };
        }

        public byte[] bytes(int count) {
            byte[] bytes = Arrays.copyOfRange(body, at, Math.min(body.length, at + Math.max(0, count)));
            at += bytes.length;
            return bytes;
        }

        public String text() {
            return new String(bytes((int) length()), StandardCharsets.UTF_8);
        }

        public String rest() {
            return new String(bytes(left()), StandardCharsets.UTF_8);
        }

        public String zeroed() {
            int end = at;
            while (end < body.length && body[end] != 0) {
                end++;
            }
            String text = new String(body, at, end - at, StandardCharsets.UTF_8);
            at = Math.min(body.length, end + 1);
            return text;
        }
    }
}
