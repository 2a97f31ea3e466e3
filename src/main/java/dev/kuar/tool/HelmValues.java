package dev.kuar.tool;

import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the user sets over a chart's values: {@code -f FILE}, then {@code --set a.b=c,d=e}, then {@code --set-string}. */
final class HelmValues {
    private HelmValues() {}

    static Map<String, Object> of(HelmLine line) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String file : split(line.flag("values"), ',')) {
            values = merge(values, read(line, file));
        }
        for (String pair : split(line.flag("set"), ',')) {
            set(values, pair, false);
        }
        for (String pair : split(line.flag("set-string"), ',')) {
            set(values, pair, true);
        }
        return values;
    }

    /** {@code over} upon {@code under}: maps are joined, all else is replaced, null takes away. */
    static Map<String, Object> merge(Map<String, Object> under, Map<String, Object> over) {
        Map<String, Object> merged = new LinkedHashMap<>(under);
        for (Map.Entry<String, Object> entry : over.entrySet()) {
            Object value = entry.getValue();
            if (value == null) {
                merged.remove(entry.getKey());
            } else if (value instanceof Map<?, ?> && merged.get(entry.getKey()) instanceof Map<?, ?>) {
                merged.put(entry.getKey(), merge(new Tree(merged.get(entry.getKey())).map(), new Tree(value).map()));
            } else {
                merged.put(entry.getKey(), value);
            }
        }
        return merged;
    }

    private static Map<String, Object> read(HelmLine line, String file) {
        try {
            return new Tree(Yaml.parse(Files.readString(line.run().directory().resolve(file)))).map();
        } catch (IOException e) {
            throw HelmTool.error("open " + file + ": no such file or directory");
        } catch (ParseException e) {
            throw HelmTool.error("failed to parse " + file + ": " + e.getMessage());
        }
    }

    private static void set(Map<String, Object> values, String pair, boolean text) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw HelmTool.error("failed parsing --set data: key \"" + pair + "\" has no value");
        }
        List<String> path = split(pair.substring(0, equals), '.');
        String value = pair.substring(equals + 1);
        new Tree(values).set(text ? value : typed(value), path.toArray(String[]::new));
    }

    private static @Nullable Object typed(String value) {
        if (value.startsWith("{") && value.endsWith("}")) {
            return split(value.substring(1, value.length() - 1), ',').stream()
                    .map(HelmValues::typed)
                    .toList();
        }
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> value.matches("0|-?[1-9][0-9]{0,17}") ? (Object) Long.parseLong(value) : value;
        };
    }

    /** Parts between separators; not inside braces, and a backslash takes a separator's meaning away. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new java.util.ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '\\' && i + 1 < text.length()) {
                part.append(text.charAt(++i));
            } else if (c == separator && depth == 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts.stream().filter(p -> !p.isEmpty()).toList();
    }
}
