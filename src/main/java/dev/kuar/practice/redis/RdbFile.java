package dev.kuar.practice.redis;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The dump file: the ninth version of redis' own format, which every redis since the fifth reads. */
final class RdbFile {
    private static final long POLYNOMIAL = 0x95ac9329ac4bc9b5L;
    private static final int STRING = 0;
    private static final int LIST = 1;
    private static final int SET = 2;
    private static final int HASH = 4;
    private static final int SORTED = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RdbFile() {}

    static byte[] write(RedisServer server) {
        return new RdbFile().all(server);
    }

    private byte[] all(RedisServer server) {
        out.writeBytes("REDIS0009".getBytes(StandardCharsets.ISO_8859_1));
        note("redis-ver", server.host().version());
        note("redis-bits", "64");
        note("ctime", Long.toString(server.keys().now() / 1000));
        note("used-mem", Long.toString(Eviction.used(server)));
        for (int number = 0; number < server.keys().count(); number++) {
            List<String> keys = server.keys().keys(number);
            if (keys.isEmpty()) {
                continue;
            }
            Map<String, Keyspace.Entry> entries = server.keys().entries(number);
            out.write(0xfe);
            length(number);
            out.write(0xfb);
            length(keys.size());
            length((int) entries.values().stream().filter(each -> each.end > 0).count());
            entries.forEach(this::entry);
        }
        out.write(0xff);
        long sum = checksum(out.toByteArray());
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(sum)
                .array());
        return out.toByteArray();
    }

    private void note(String name, String value) {
        out.write(0xfa);
        text(name);
        text(value);
    }

    private void entry(String key, Keyspace.Entry entry) {
        if (entry.end > 0) {
            out.write(0xfc);
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(entry.end)
                    .array());
        }
        Object value = entry.value;
        if (value instanceof String text) {
            out.write(STRING);
            text(key);
            text(text);
        } else if (value instanceof Map<?, ?> map) {
            out.write(HASH);
            text(key);
            length(map.size());
            map.forEach((name, item) -> {
                text((String) name);
                text((String) item);
            });
        } else if (value instanceof SortedMembers sorted) {
            out.write(SORTED);
            text(key);
            length(sorted.size());
            sorted.members().forEach(member -> {
                text(member.name());
                out.writeBytes(ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putDouble(member.score())
                        .array());
            });
        } else if (value instanceof Collection<?> many) {
            out.write(value instanceof List ? LIST : SET);
            text(key);
            length(many.size());
            many.forEach(item -> text((String) item));
        }
    }

    private void text(String text) {
        length(text.length());
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void length(int length) {
        if (length < 64) {
            out.write(length);
        } else if (length < 1 << 14) {
            out.write(0x40 | length >> 8);
            out.write(length & 0xff);
        } else {
            out.write(0x80);
            out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        }
    }

    /** CRC-64 as Jones chose it, reflected. */
    static long checksum(byte[] bytes) {
        long sum = 0;
        for (byte b : bytes) {
            sum ^= b & 0xff;
            for (int i = 0; i < 8; i++) {
                sum = (sum & 1) != 0 ? sum >>> 1 ^ POLYNOMIAL : sum >>> 1;
            }
        }
        return sum;
    }

    /**
     * Reads a dump into the databases.
     *
     * @return how many keys were loaded, how many had come to their end, and who wrote it
     */
    static Loaded read(byte[] bytes, RedisServer server) {
        try {
            return new Reader(ByteBuffer.wrap(bytes)).all(server);
        } catch (EOFException | java.nio.BufferUnderflowException cut) {
            return new Loaded(-1, 0, "", 0);
        }
    }

    /** What a dump held; {@code keys} is negative where it is none. */
    record Loaded(int keys, int ended, String version, long made) {}

    private static final class Reader {
        private final ByteBuffer in;
        private String version = "";
        private long made;
        private int count;
        private int ended;

        Reader(ByteBuffer in) {
            this.in = in;
        }

        Loaded all(RedisServer server) throws EOFException {
            byte[] head = new byte[9];
            in.get(head);
            if (!new String(head, StandardCharsets.ISO_8859_1).startsWith("REDIS")) {
                throw new EOFException("no dump");
            }
            int database = 0;
            long end = 0;
            while (true) {
                int kind = in.get() & 0xff;
                switch (kind) {
                    case 0xff -> {
                        return new Loaded(count, ended, version, made);
                    }
                    case 0xfe -> database = (int) number();
                    case 0xfb -> {
                        number();
                        number();
                    }
                    case 0xfa -> note(text(), text());
                    case 0xfc -> end = Long.reverseBytes(in.getLong());
                    case 0xfd -> end = 1000L * Integer.reverseBytes(in.getInt());
                    default -> {
                        String key = text();
                        Object value = value(kind);
                        if (end > 0 && end <= server.keys().now()) {
                            ended++;
                        } else {
                            server.keys().put(database, key, value).end = end;
                            count++;
                        }
                        end = 0;
                    }
                }
            }
        }

        private void note(String name, String value) {
            if (name.equals("redis-ver")) {
                version = value;
            } else if (name.equals("ctime")) {
                made = Long.parseLong(value);
            }
        }

        private Object value(int kind) throws EOFException {
            switch (kind) {
                case STRING:
                    return text();
                case LIST, SET:
                    int size = (int) number();
                    Collection<String> many = kind == LIST ? new ArrayList<>() : new LinkedHashSet<>();
                    for (int i = 0; i < size; i++) {
                        many.add(text());
                    }
                    return many;
                case HASH:
                    Map<String, String> map = new LinkedHashMap<>();
                    for (long left = number(); left > 0; left--) {
                        map.put(text(), text());
                    }
                    return map;
                case SORTED:
                    SortedMembers sorted = new SortedMembers();
                    for (long left = number(); left > 0; left--) {
                        sorted.put(text(), Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
                    }
                    return sorted;
                default:
                    throw new EOFException("unknown kind " + kind);
            }
        }

        private long number() {
            int first = in.get() & 0xff;
            return switch (first >> 6) {
                case 0 -> first;
                case 1 -> (first & 0x3f) << 8 | in.get() & 0xff;
                default -> first == 0x81 ? in.getLong() : in.getInt();
            };
        }

        private String text() throws EOFException {
            int first = in.get(in.position()) & 0xff;
            switch (first) {
                case 0xc0:
                    in.get();
                    return Integer.toString(in.get());
                case 0xc1:
                    in.get();
                    return Integer.toString(Short.reverseBytes(in.getShort()));
                case 0xc2:
                    in.get();
                    return Integer.toString(Integer.reverseBytes(in.getInt()));
                default:
                    long length = number();
                    if (length < 0 || length > in.remaining()) {
                        throw new EOFException("cut");
                    }
                    byte[] bytes = new byte[(int) length];
                    in.get(bytes);
                    return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        }
    }
}
