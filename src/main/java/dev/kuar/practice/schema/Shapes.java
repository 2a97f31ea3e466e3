package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One conversion of a tree into the form that its schema allows; collects unknown fields on the way. */
final class Shapes {
    private static final Set<String> TYPE_FIELDS = Set.of("apiVersion", "kind");

    private final boolean custom;
    private final List<String> unknown = new ArrayList<>(0);

    private Shapes(boolean custom) {
        this.custom = custom;
    }

    static Decoder.Decoded conform(Kind kind, Map<String, ? extends @Nullable Object> tree) {
        Shapes shapes = new Shapes(kind.isCustom());
        Map<String, Object> shaped = new LinkedHashMap<>();
        shaped.put("kind", kind.kind());
        shaped.put("apiVersion", kind.apiVersion());
        if (tree.get("metadata") instanceof Map<?, ?>) {
            shaped.put("metadata", Map.of());
        }
        shaped.putAll(shapes.object(tree, kind.schema(), kind.kind(), "", ""));
        shaped.put("kind", kind.kind());
        shaped.put("apiVersion", kind.apiVersion());
        if (kind.kind().equals("Secret") && kind.group().isEmpty()) {
            encodeStrings(shaped);
        }
        return new Decoder.Decoded(shaped, shapes.unknown);
    }

    /** The fields in a value that a structural schema does not know. */
    static List<String> unknown(TypeSchema schema, Object value) {
        Shapes shapes = new Shapes(true);
        Object unusedForm = shapes.value(value, schema, "", "default", "");
        return shapes.unknown;
    }

    /** What a Secret says in {@code stringData} is stored as {@code data}. */
    private static void encodeStrings(Map<String, Object> secret) {
        if (secret.remove("stringData") instanceof Map<?, ?> plain) {
            Map<String, Object> data = new TreeMap<>();
            if (secret.get("data") instanceof Map<?, ?> given) {
                given.forEach((key, value) -> data.put((String) key, value));
            }
            plain.forEach((key, value) -> data.put(
                    (String) key,
                    Base64.getEncoder().encodeToString(String.valueOf(value).getBytes(StandardCharsets.UTF_8))));
            secret.put("data", new LinkedHashMap<>(data));
        }
    }

    /**
     * @param struct the Go name of the struct that {@code value} is a field of
     * @param path with indices, as strict errors show it
     * @param goPath without indices and map keys, as type errors show it
     */
    private @Nullable Object value(Object value, TypeSchema schema, String struct, String path, String goPath) {
        if (schema.keepsUnknown() && schema.fields().isEmpty()) {
            return custom || schema.type().isEmpty() ? KubeObject.copyOf(value) : mapOr(value, schema, struct, goPath);
        }
        if (schema.isIntOrString()) {
            return custom ? value : intOrString(value);
        }
        return switch (schema.type()) {
            case "object" ->
                value instanceof Map<?, ?> map
                        ? schema.values() != null && schema.fields().isEmpty()
                                ? map(map, schema, struct, path, goPath)
                                : object(map, schema, goName(schema, struct), path, goPath)
                        : mismatch(value, schema, struct, goPath);
            case "array" ->
                value instanceof List<?> list
                        ? list(list, schema, struct, path, goPath)
                        : mismatch(value, schema, struct, goPath);
            default -> custom ? value : Scalars.of(value, schema, struct, goPath);
        };
    }

    /** What is no text must be a whole number of 32 bits. */
    private static Object intOrString(Object value) {
        boolean fits = value instanceof String || value instanceof Long number && number.intValue() == number;
        if (!fits) {
            String number = value instanceof Number ? " " + JsonWriter.text(value) : "";
            throw new DecodeException(
                    "json: cannot unmarshal " + jsonWord(value) + number + " into Go value of type int32");
        }
        return value;
    }

    private static Object mapOr(Object value, TypeSchema schema, String struct, String goPath) {
        return value instanceof Map<?, ?> ? KubeObject.copyOf(value) : mismatch(value, schema, struct, goPath);
    }

    private Map<String, Object> object(Map<?, ?> map, TypeSchema schema, String struct, String path, String goPath) {
        Map<String, Object> shaped = new LinkedHashMap<>();
        boolean resource = custom && (path.isEmpty() || schema.flag("x-kubernetes-embedded-resource"));
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = (String) entry.getKey();
            // What a definition says of metadata is a rule for it, not its form.
            TypeSchema field = resource && name.equals("metadata") ? schema.metadata() : schema.field(name);
            String here = path.isEmpty() ? name : path + "." + name;
            if (field == null) {
                if (schema.keepsUnknown() || resource && TYPE_FIELDS.contains(name)) {
                    shaped.put(name, KubeObject.copyOf(entry.getValue()));
                } else if (!path.isEmpty() || !TYPE_FIELDS.contains(name)) {
                    unknown.add("unknown field \"" + here + "\"");
                }
                continue;
            }
            if (entry.getValue() == null) {
                if (custom && field.flag("nullable")) {
                    putNull(shaped, name);
                }
                continue;
            }
            Object value = value(entry.getValue(), field, struct, here, goPath.isEmpty() ? name : goPath + "." + name);
            if (value != null && (custom || keeps(name, value, field, schema))) {
                shaped.put(name, value);
            }
        }
        if (!custom) {
            fill(shaped, schema, struct, goPath);
        }
        return shaped;
    }

    private void fill(Map<String, Object> shaped, TypeSchema owner, String struct, String goPath) {
        for (Map.Entry<String, TypeSchema> entry : owner.filled().entrySet()) {
            Object otherwise = entry.getValue().defaultValue();
            if (otherwise != null && !shaped.containsKey(entry.getKey())) {
                shaped.put(
                        entry.getKey(),
                        otherwise instanceof Map<?, ?> map && map.isEmpty()
                                ? object(map, entry.getValue(), struct, "x", goPath)
                                : KubeObject.copyOf(otherwise));
            } else if (!shaped.containsKey(entry.getKey())
                    && (entry.getValue().isMomentByValue(entry.getKey()) || owner.isNullList(entry.getKey()))) {
                putNull(shaped, entry.getKey());
            }
        }
    }

    @SuppressWarnings("NullAway") // a tree to be written, where null is a value
    private static void putNull(Map<String, Object> tree, String name) {
        tree.put(name, null);
    }

    /** Go leaves out empty lists, maps and texts of optional fields. */
    private static boolean keeps(String name, Object value, TypeSchema field, TypeSchema owner) {
        if (value instanceof Map<?, ?> map && map.isEmpty()) {
            return !field.isMap() || owner.required().contains(name);
        }
        if (value instanceof List<?> list && list.isEmpty() || value instanceof String text && text.isEmpty()) {
            return owner.required().contains(name) || Scalars.isPointer(name);
        }
        return true;
    }

    private Map<String, Object> map(Map<?, ?> map, TypeSchema schema, String struct, String path, String goPath) {
        TypeSchema values = Objects.requireNonNull(schema.values());
        Map<String, Object> shaped = custom ? new LinkedHashMap<>() : new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = (String) entry.getKey();
            if (entry.getValue() == null) {
                if (!custom && values.type().equals("string")) {
                    shaped.put(name, "");
                }
                continue;
            }
            Object value = value(entry.getValue(), values, struct, path + "." + name, goPath);
            if (value != null) {
                shaped.put(name, value);
            }
        }
        return custom ? shaped : new LinkedHashMap<>(shaped);
    }

    private List<Object> list(List<?> list, TypeSchema schema, String struct, String path, String goPath) {
        TypeSchema items = schema.items();
        List<Object> shaped = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            Object value = item == null
                    ? items != null && items.type().equals("object") ? new LinkedHashMap<String, Object>() : null
                    : items == null
                            ? KubeObject.copyOf(item)
                            : value(item, items, struct, path + "[" + i + "]", goPath);
            if (value != null) {
                shaped.add(value);
            }
        }
        return shaped;
    }

    private static String goName(TypeSchema schema, String otherwise) {
        String reference = schema.reference();
        return reference.isEmpty() ? otherwise : reference.substring(reference.lastIndexOf('.') + 1);
    }

    static Object mismatch(Object value, TypeSchema schema, String struct, String goPath) {
        throw new DecodeException(
                "json: cannot unmarshal " + jsonWord(value) + " into Go struct field " + struct + "." + goPath
                        + " of type " + goType(schema),
                Restoring.complaint(value, schema));
    }

    /** The type's name in Go. */
    static String goType(TypeSchema schema) {
        String reference = schema.reference();
        if (!reference.isEmpty()) {
            String[] parts = reference.split("\\.");
            return parts[parts.length - 2] + "." + parts[parts.length - 1];
        }
        TypeSchema items = schema.items();
        TypeSchema values = schema.values();
        return switch (schema.type()) {
            case "integer" -> schema.format().isEmpty() ? "int" : schema.format();
            case "boolean" -> "bool";
            case "number" -> "float64";
            case "array" -> "[]" + (items == null ? "interface {}" : goType(items));
            case "object" -> "map[string]" + (values == null ? "interface {}" : goType(values));
            default -> "string";
        };
    }

    /** What Go calls a JSON value. */
    static String jsonWord(@Nullable Object value) {
        if (value instanceof Map) {
            return "object";
        }
        if (value instanceof List) {
            return "array";
        }
        return value instanceof String ? "string" : value instanceof Boolean ? "bool" : "number";
    }
}
