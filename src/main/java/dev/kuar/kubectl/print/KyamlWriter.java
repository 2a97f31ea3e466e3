package dev.kuar.kubectl.print;

import dev.kuar.kubectl.data.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes KYAML: flow style with quoted texts, bare keys and trailing commas. */
final class KyamlWriter {
    private static final Pattern BARE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*([-./][a-zA-Z0-9_]+)*");
    private static final java.util.Set<String> WORDS =
            java.util.Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private KyamlWriter() {}

    static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value, 0);
        return out.append('\n').toString();
    }

    private static void write(StringBuilder out, @Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append("{\n");
            for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
                String key = String.valueOf(entry.getKey());
                boolean bare = BARE.matcher(key).matches() && !WORDS.contains(key.toLowerCase(java.util.Locale.ROOT));
                out.append("  ".repeat(depth + 1))
                        .append(bare ? key : Json.quote(key))
                        .append(": ");
                write(out, entry.getValue(), depth + 1);
                out.append(",\n");
            }
            out.append("  ".repeat(depth)).append('}');
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            boolean cuddled = list.stream().allMatch(item -> item instanceof Map || item instanceof List);
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                if (cuddled) {
                    out.append(i == 0 ? "" : ", ");
                    write(out, list.get(i), depth);
                } else {
                    out.append('\n').append("  ".repeat(depth + 1));
                    write(out, list.get(i), depth + 1);
                    out.append(',');
                }
            }
            out.append(cuddled ? "]" : "\n" + "  ".repeat(depth) + "]");
        } else {
            out.append(value instanceof Map ? "{}" : value instanceof List ? "[]" : Json.compact(value));
        }
    }
}
