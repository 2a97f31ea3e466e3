package dev.kuar.practice.http;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages to trees, by descriptor: one converter for every kind.
 *
 * <p>Go writes fields that are not set as zeros unless they are pointers; such zeros are left out of the tree.
 */
final class ProtoReader {
    private static final int DEPTH = 100;

    private final ProtoTypes types;

    ProtoReader(ProtoTypes types) {
        this.types = types;
    }

    Map<String, Object> message(Descriptor type, byte[] bytes) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        fill(tree, type, bytes, 0);
        return tree;
    }

    private void fill(Map<String, Object> tree, Descriptor type, byte[] bytes, int depth) throws IOException {
        if (depth > DEPTH) {
            throw new IOException("proto: nested too deep");
        }
        ProtoFields fields = ProtoFields.read(bytes);
        for (FieldDescriptor field : type.getFields()) {
            List<Object> values = fields.all(field.getNumber());
            if (values.isEmpty()) {
                continue;
            }
            Object last = values.get(values.size() - 1);
            if (ProtoTypes.isInlined(field)) {
                fill(tree, field.getMessageType(), bytes(last), depth + 1);
            } else if (field.isMapField()) {
                tree.put(ProtoWriter.jsonName(field), entries(field, values, depth));
            } else if (field.isRepeated()) {
                List<Object> list = new ArrayList<>(values.size());
                for (Object value : values) {
                    Object item = one(field, value, depth);
                    list.add(item == null ? new LinkedHashMap<>() : item);
                }
                tree.put(ProtoWriter.jsonName(field), list);
            } else {
                Object value = one(field, last, depth);
                if (value != null && (!isZero(value) || types.keepsZero(field))) {
                    tree.put(ProtoWriter.jsonName(field), value);
                }
            }
        }
    }

    private Map<String, Object> entries(FieldDescriptor field, List<Object> values, int depth) throws IOException {
        FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
        Map<String, Object> map = new LinkedHashMap<>();
        for (Object value : values) {
            ProtoFields pair = ProtoFields.read(bytes(value));
            List<Object> all = pair.all(2);
            Object raw = all.isEmpty() ? new byte[0] : all.get(all.size() - 1);
            Object item = one(valueField, raw, depth);
            map.put(pair.text(1), item == null ? "" : item);
        }
        return map;
    }

    private @Nullable Object one(FieldDescriptor field, Object value, int depth) throws IOException {
        return switch (field.getType()) {
            case STRING -> new String(bytes(value), StandardCharsets.UTF_8);
            case BOOL -> number(value) != 0;
            case INT32 -> (long) (int) number(value);
            case INT64 -> number(value);
            case DOUBLE -> Double.longBitsToDouble(number(value));
            case BYTES -> Base64.getEncoder().encodeToString(bytes(value));
            case MESSAGE -> nested(field.getMessageType(), bytes(value), depth);
            default -> throw new IOException("proto: no way to read " + field.getFullName());
        };
    }

    private @Nullable Object nested(Descriptor type, byte[] bytes, int depth) throws IOException {
        if (type.getName().startsWith("JSONSchemaPropsOr")) {
            return alternative(type, bytes, depth);
        }
        if (ProtoScalars.isSpecial(type)) {
            return ProtoScalars.decode(type, ProtoFields.read(bytes));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        fill(tree, type, bytes, depth + 1);
        return tree;
    }

    /** A schema, or a truth, a list of schemas, a list of names in its place. */
    private Object alternative(Descriptor type, byte[] bytes, int depth) throws IOException {
        ProtoFields fields = ProtoFields.read(bytes);
        boolean orBool = type.getName().equals("JSONSchemaPropsOrBool");
        List<Object> schemas = fields.all(orBool ? 2 : 1);
        if (!schemas.isEmpty()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            Descriptor schema = type.findFieldByName("schema").getMessageType();
            fill(tree, schema, bytes(schemas.get(0)), depth + 1);
            return tree;
        }
        if (orBool) {
            return fields.number(1) != 0;
        }
        if (type.getName().endsWith("StringArray")) {
            return new ArrayList<Object>(fields.texts(2));
        }
        List<Object> list = new ArrayList<>();
        for (Object item : fields.all(2)) {
            Map<String, Object> tree = new LinkedHashMap<>();
            fill(tree, type.findFieldByName("schema").getMessageType(), bytes(item), depth + 1);
            list.add(tree);
        }
        return list;
    }

    private static boolean isZero(Object value) {
        return value.equals("") || value.equals(false) || (value instanceof Number number && number.doubleValue() == 0);
    }

    private static byte[] bytes(Object value) throws IOException {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw new IOException("proto: wrong wireType");
    }

    private static long number(Object value) throws IOException {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof byte[] bytes && bytes.length == 0) {
            return 0;
        }
        throw new IOException("proto: wrong wireType");
    }
}
