package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.KeyText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of one protobuf message by their numbers; of a scalar that comes twice the last counts. */
final class Fields {
    private static final int MOST_DEPTH_OF_VARINT = 64;

    private final Map<Integer, List<Object>> values = new HashMap<>();
    private final byte[] bytes;
    private int at;

    private Fields(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws GrpcException where they are no message */
    static Fields of(byte[] bytes) {
        Fields fields = new Fields(bytes);
        while (fields.at < bytes.length) {
            fields.next();
        }
        return fields;
    }

    private void next() {
        long tag = varint();
        int field = (int) (tag >>> 3);
        if (field <= 0 || tag >>> 3 > Integer.MAX_VALUE) {
            throw broken("proto: illegal tag " + field + " (wire type " + (tag & 7) + ")");
        }
        switch ((int) (tag & 7)) {
            case 0 -> add(field, varint());
            case 1 -> take(8);
            case 2 -> add(field, take(length()));
            case 5 -> take(4);
            default -> throw broken("proto: wrong wireType = " + (tag & 7) + " for field " + field);
        }
    }

    private void add(int field, Object value) {
        values.computeIfAbsent(field, fresh -> new ArrayList<>(1)).add(value);
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > bytes.length - at) {
            throw broken("unexpected EOF");
        }
        return (int) length;
    }

    private byte[] take(int length) {
        if (length > bytes.length - at) {
            throw broken("unexpected EOF");
        }
        byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return taken;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < MOST_DEPTH_OF_VARINT; shift += 7) {
            if (at == bytes.length) {
                throw broken("unexpected EOF");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw broken("proto: integer overflow");
    }

    private static GrpcException broken(String why) {
        return new GrpcException(GrpcStatus.INTERNAL, "grpc: error unmarshalling request: " + why);
    }

    long number(int field) {
        List<Object> all = values.getOrDefault(field, List.of());
        return all.isEmpty() || !(all.get(all.size() - 1) instanceof Long number) ? 0 : number;
    }

    boolean flag(int field) {
        return number(field) != 0;
    }

    byte[] bytes(int field) {
        List<Object> all = values.getOrDefault(field, List.of());
        return all.isEmpty() || !(all.get(all.size() - 1) instanceof byte[] some) ? new byte[0] : some;
    }

    String text(int field) {
        return new String(bytes(field), StandardCharsets.UTF_8);
    }

    String key(int field) {
        return KeyText.of(bytes(field));
    }

    boolean has(int field) {
        return values.containsKey(field);
    }

    Fields message(int field) {
        return of(bytes(field));
    }

    List<Fields> messages(int field) {
        return values.getOrDefault(field, List.of()).stream()
                .filter(byte[].class::isInstance)
                .map(each -> of((byte[]) each))
                .toList();
    }

    /** Numbers, one by one or packed. */
    List<Long> numbers(int field) {
        List<Long> numbers = new ArrayList<>();
        for (Object each : values.getOrDefault(field, List.of())) {
            if (each instanceof Long number) {
                numbers.add(number);
            } else {
                Fields packed = new Fields((byte[]) each);
                while (packed.at < packed.bytes.length) {
                    numbers.add(packed.varint());
                }
            }
        }
        return numbers;
    }
}
