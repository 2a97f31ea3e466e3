package dev.kuar.practice.patch;

import dev.kuar.practice.object.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON values as Go's {@code fmt} prints them. */
final class GoValue {
    private GoValue() {}

    /** As {@code %T} prints it. */
    static String type(@Nullable Object value) {
        if (value instanceof Map) {
            return "map[string]interface {}";
        }
        if (value instanceof List) {
            return "[]interface {}";
        }
        if (value instanceof Number) {
            return value instanceof Double ? "float64" : "int64";
        }
        return value == null ? "<nil>" : value instanceof Boolean ? "bool" : "string";
    }

    /** As {@code %v} prints it. */
    static String plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("map[");
            sorted(map).forEach((name, each) -> text.append(text.length() > 4 ? " " : "")
                    .append(name)
                    .append(':')
                    .append(plain(each)));
            return text.append(']').toString();
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(" ", list.stream().map(GoValue::plain).toList()) + "]";
        }
        return value == null ? "<nil>" : value instanceof String text ? text : JsonWriter.text(value);
    }

    /** As {@code %#v} prints it. */
    static String syntax(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder();
            sorted(map).forEach((name, each) -> text.append(text.isEmpty() ? "" : ", ")
                    .append(JsonWriter.text(name))
                    .append(':')
                    .append(syntax(each)));
            return type(value) + "{" + text + "}";
        }
        if (value instanceof List<?> list) {
            return type(value) + "{"
                    + String.join(", ", list.stream().map(GoValue::syntax).toList()) + "}";
        }
        return value == null ? "interface {}(nil)" : JsonWriter.text(value);
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((name, each) -> sorted.put((String) name, each));
        return sorted;
    }
}
