package dev.kuar.practice.http;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of one message as they stand on the wire: by number, each {@code Long} or {@code byte[]}, in order. */
final class ProtoFields {
    private final Map<Integer, List<Object>> values = new LinkedHashMap<>();

    static ProtoFields read(byte[] message) throws IOException {
        ProtoFields fields = new ProtoFields();
        CodedInputStream in = CodedInputStream.newInstance(message);
        while (true) {
            int tag = in.readTag();
            if (tag == 0) {
                return fields;
            }
            Object value =
                    switch (WireFormat.getTagWireType(tag)) {
                        case WireFormat.WIRETYPE_VARINT -> in.readRawVarint64();
                        case WireFormat.WIRETYPE_FIXED64 -> in.readRawLittleEndian64();
                        case WireFormat.WIRETYPE_FIXED32 -> (long) in.readRawLittleEndian32();
                        case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.readByteArray();
                        default -> throw new IOException("proto: illegal wireType");
                    };
            fields.values
                    .computeIfAbsent(WireFormat.getTagFieldNumber(tag), key -> new ArrayList<>())
                    .add(value);
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** All values of a field, in order. */
    List<Object> all(int number) {
        return values.getOrDefault(number, List.of());
    }

    /** The last one; 0 without. */
    long number(int number) {
        List<Object> all = all(number);
        return !all.isEmpty() && all.get(all.size() - 1) instanceof Long value ? value : 0;
    }

    /** The last one; empty without. */
    byte[] bytes(int number) {
        List<Object> all = all(number);
        return !all.isEmpty() && all.get(all.size() - 1) instanceof byte[] value ? value : new byte[0];
    }

    String text(int number) {
        return new String(bytes(number), StandardCharsets.UTF_8);
    }

    List<String> texts(int number) {
        List<String> texts = new ArrayList<>();
        for (Object value : all(number)) {
            texts.add(value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "");
        }
        return texts;
    }
}
