package dev.kuar.kubectl.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values in the forms that Go's fmt gives them. */
public final class Go {
    private Go() {}

    /** The form of {@code %v}: {@code map[a:b]}, {@code [a b]}. */
    public static String value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map)
                    .entrySet().stream()
                            .map(entry -> entry.getKey() + ":" + value(entry.getValue()))
                            .collect(Collectors.joining(" ", "map[", "]"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Go::value).collect(Collectors.joining(" ", "[", "]"));
        }
        return value == null ? "<nil>" : new Tree(value).text();
    }

    /** The form of {@code %#v}, which debugging texts of jsonpath hold. */
    public static String syntax(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map)
                    .entrySet().stream()
                            .map(entry -> Json.quote(String.valueOf(entry.getKey())) + ":" + syntax(entry.getValue()))
                            .collect(Collectors.joining(", ", "map[string]interface {}{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Go::syntax).collect(Collectors.joining(", ", "[]interface {}{", "}"));
        }
        return value instanceof String text
                ? Json.quote(text)
                : value == null ? "interface {}(nil)" : new Tree(value).text();
    }

    /** The name of the type that a decoded value has in Go. */
    public static String typeOf(@Nullable Object value) {
        if (value instanceof Map) {
            return "map[string]interface {}";
        }
        if (value instanceof List) {
            return "[]interface {}";
        }
        return value instanceof Boolean
                ? "bool"
                : value instanceof Long ? "int64" : value instanceof Number ? "float64" : "string";
    }
}
