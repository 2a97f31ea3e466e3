package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows a part of an object as the API server shows its internal Go value in a refusal: JSON with Go's field names, in
 * the order of the struct, with every unset field, one space of indentation a level.
 */
final class GoStructs {
    private static final List<String> HOST_FIELDS =
            List.of("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers");

    private static final Pattern KEY = Pattern.compile("^(\"(?:[^\"\\\\]|\\\\.)*\"): ");

    private final Map<String, List<String[]>> types = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private GoStructs() {
        for (String line : Bundled.lines("internal-types.txt")) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ");
            List<String[]> fields = new ArrayList<>();
            for (int i = 1; i < words.length; i++) {
                int colon = words[i].indexOf(':');
                fields.add(new String[] {colon < 0 ? "" : words[i].substring(0, colon), words[i].substring(colon + 1)});
            }
            types.put(words[0], fields);
        }
    }

    /** What changed between two values of a type, as a unified diff of their JSON; empty where nothing did. */
    static String diff(String type, Map<String, Object> old, Map<String, Object> now) {
        return UnifiedDiff.of(new GoStructs().show(type, old), new GoStructs().show(type, now));
    }

    /** A value of a type on one line; {@code null} where there is none. */
    static String line(String type, @Nullable Object value) {
        if (!(value instanceof Map<?, ?>)) {
            return "null";
        }
        GoStructs shown = new GoStructs();
        shown.value(type, value, "");
        return shown.out
                .toString()
                .lines()
                .map(String::strip)
                .map(line -> KEY.matcher(line).replaceFirst("$1:"))
                .collect(Collectors.joining());
    }

    private String show(String type, Map<String, Object> tree) {
        value(type, tree, "");
        return out.toString();
    }

    /** The internal spec keeps what concerns the host in the security context. */
    private static Map<String, Object> internalPodSpec(Map<?, ?> tree) {
        Map<String, Object> spec = new LinkedHashMap<>();
        tree.forEach((key, each) -> spec.put((String) key, each));
        Map<String, Object> context = new LinkedHashMap<>();
        if (tree.get("securityContext") instanceof Map<?, ?> given) {
            given.forEach((key, each) -> context.put((String) key, each));
        }
        HOST_FIELDS.stream().filter(spec::containsKey).forEach(field -> context.put(field, spec.get(field)));
        spec.put("securityContext", context);
        return spec;
    }

    private void value(String type, @Nullable Object value, String indent) {
        if (type.startsWith("*")) {
            if (value == null) {
                out.append("null");
            } else {
                value(type.substring(1), value, indent);
            }
        } else if (type.startsWith("[]")) {
            list(type.substring(2), value, indent);
        } else if (type.startsWith("{}")) {
            map(type.substring(2), value, indent);
        } else if (types.containsKey(type)) {
            struct(type, value, indent);
        } else {
            out.append(scalar(type, value, indent));
        }
    }

    private static String scalar(String type, @Nullable Object value, String indent) {
        if (value == null) {
            return switch (type) {
                case "bool" -> "false";
                case "int32", "int64", "intstr.IntOrString" -> "0";
                case "resource.Quantity" -> "\"0\"";
                default -> "\"\"";
            };
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return plain(value, indent);
        }
        return JsonWriter.text(value)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }

    /** A value that Go's JSON tags describe: as on the wire, without what is not set. */
    private static String plain(Object value, String indent) {
        List<String> parts = new ArrayList<>();
        String inner = indent + " ";
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) ->
                    parts.add(inner + JsonWriter.text(String.valueOf(key)) + ": " + scalar("", each, inner)));
            return parts.isEmpty() ? "{}" : "{\n" + String.join(",\n", parts) + "\n" + indent + "}";
        }
        for (Object each : (List<?>) value) {
            parts.add(inner + scalar("", each, inner));
        }
        return parts.isEmpty() ? "[]" : "[\n" + String.join(",\n", parts) + "\n" + indent + "]";
    }

    private void list(String items, @Nullable Object value, String indent) {
        if (!(value instanceof List<?> list)) {
            out.append("null");
            return;
        }
        String comma = "";
        out.append('[');
        for (Object each : list) {
            out.append(comma).append('\n').append(indent).append(' ');
            value(items, each, indent + " ");
            comma = ",";
        }
        out.append(list.isEmpty() ? "]" : "\n" + indent + "]");
    }

    private void map(String values, @Nullable Object value, String indent) {
        if (!(value instanceof Map<?, ?> map)) {
            out.append("null");
            return;
        }
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, each) -> sorted.put((String) key, each));
        String comma = "";
        out.append('{');
        for (Map.Entry<String, Object> each : sorted.entrySet()) {
            out.append(comma).append('\n').append(indent).append(' ');
            out.append(scalar("string", each.getKey(), "")).append(": ");
            value(values, each.getValue(), indent + " ");
            comma = ",";
        }
        out.append(map.isEmpty() ? "}" : "\n" + indent + "}");
    }

    private void struct(String type, @Nullable Object value, String indent) {
        Map<String, Object> fields = new HashMap<>();
        Map<?, ?> tree = value instanceof Map<?, ?> given ? given : Map.of();
        if (type.equals("PodSpec")) {
            internalPodSpec(tree).forEach((key, each) -> fields.put(key.toLowerCase(Locale.ROOT), each));
        } else {
            tree.forEach((key, each) -> fields.put(((String) key).toLowerCase(Locale.ROOT), each));
        }
        out.append('{');
        int start = out.length();
        fields(type, fields, indent);
        if (out.length() > start) {
            out.deleteCharAt(out.length() - 1).append('\n').append(indent);
        }
        out.append('}');
    }

    private void fields(String type, Map<String, Object> fields, String indent) {
        for (String[] field : types.getOrDefault(type, List.of())) {
            if (field[1].equals("metav1.ObjectMeta")) {
                metadata(fields.get("metadata"), indent);
                continue;
            }
            if (field[0].isEmpty()) {
                fields(field[1], fields, indent);
                continue;
            }
            out.append('\n').append(indent).append(" \"").append(field[0]).append("\": ");
            value(field[1], fields.get(field[0].toLowerCase(Locale.ROOT)), indent + " ");
            out.append(',');
        }
    }

    /** Metadata in a struct stands there field by field, as on the wire. */
    private void metadata(@Nullable Object metadata, String indent) {
        if (metadata instanceof Map<?, ?> map) {
            map.forEach((key, each) -> out.append('\n')
                    .append(indent)
                    .append(' ')
                    .append(JsonWriter.text(key))
                    .append(": ")
                    .append(scalar("", each, indent + " "))
                    .append(','));
        }
    }
}
