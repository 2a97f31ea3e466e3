package dev.kuar.practice.controller;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prints a pod template as Kubernetes prints the Go struct of it to hash it: fields in Go's order with their types, zeroes
 * too, pointers followed, maps sorted.
 */
final class GoDump {
    private static final String QUANTITY = "resource.Quantity";
    private static final GoTypes TYPES = GoTypes.load();

    private final StringBuilder text = new StringBuilder();

    private GoDump() {}

    /** @param template in JSON's form */
    static String of(Map<String, Object> template) {
        GoDump dump = new GoDump();
        dump.typed("v1.PodTemplateSpec", template);
        return dump.text.toString();
    }

    private void typed(String type, @Nullable Object value) {
        text.append('(').append(type).append(')');
        plain(type, value);
    }

    private void plain(String type, @Nullable Object value) {
        String shape = TYPES.underlying(type);
        if (shape.startsWith("*")) {
            if (value == null) {
                text.append("<nil>");
            } else {
                plain(shape.substring(1), value);
            }
        } else if (shape.startsWith("[]")) {
            list(shape.substring(2), value);
        } else if (shape.startsWith("map[")) {
            map(shape.substring(shape.indexOf(']') + 1), value);
        } else if (shape.equals(QUANTITY)) {
            text.append(GoQuantity.dump(value));
        } else if (shape.equals("intstr.IntOrString")) {
            boolean name = value instanceof String;
            text.append("{Type:(intstr.Type)").append(name ? 1 : 0);
            text.append(" IntVal:(int32)").append(value instanceof Number number ? number.longValue() : 0);
            text.append(" StrVal:(string)").append(name ? value : "").append('}');
        } else if (shape.equals("v1.Time")) {
            text.append("{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}");
        } else if (!TYPES.fields(shape).isEmpty()) {
            struct(shape, value);
        } else if (value != null) {
            text.append(value);
        } else {
            text.append(shape.equals("string") ? "" : shape.equals("bool") ? "false" : "0");
        }
    }

    private void struct(String type, @Nullable Object value) {
        Map<?, ?> fields = value instanceof Map<?, ?> map ? map : Map.of();
        text.append('{');
        String space = "";
        for (GoTypes.Field field : TYPES.fields(type)) {
            text.append(space).append(field.name()).append(':');
            typed(field.type(), field.json().equals("+") ? fields : fields.get(field.json()));
            space = " ";
        }
        text.append('}');
    }

    /** An empty one is none, as it is on the wire. */
    private void list(String type, @Nullable Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            text.append("<nil>");
            return;
        }
        text.append('[');
        String space = "";
        for (Object each : list) {
            text.append(space);
            plain(type, each);
            space = " ";
        }
        text.append(']');
    }

    private void map(String type, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
            text.append("<nil>");
            return;
        }
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
        text.append("map[");
        String space = "";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            text.append(space).append(entry.getKey()).append(':');
            plain(type, entry.getValue());
            space = " ";
        }
        text.append(']');
    }
}
