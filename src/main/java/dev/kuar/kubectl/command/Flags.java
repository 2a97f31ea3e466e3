package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a command's flags. */
final class Flags {
    private final Map<String, Flag> known = new LinkedHashMap<>();
    private final Map<String, List<String>> given = new LinkedHashMap<>();

    Flags(List<Flag> flags) {
        flags.forEach(flag -> known.putIfAbsent(flag.name(), flag));
    }

    @Nullable
    Flag byName(String name) {
        return known.get(name);
    }

    @Nullable
    Flag byShorthand(String letter) {
        for (Flag flag : known.values()) {
            if (flag.shorthand().equals(letter)) {
                return flag;
            }
        }
        return null;
    }

    Iterable<Flag> all() {
        return known.values();
    }

    void add(Flag flag, String value) {
        given.computeIfAbsent(flag.name(), name -> new ArrayList<>()).add(value);
    }

    boolean changed(String name) {
        return given.containsKey(name);
    }

    /** The last value given, else the default; empty for unknown flags. */
    String text(String name) {
        List<String> values = given.get(name);
        Flag flag = known.get(name);
        return values != null ? values.get(values.size() - 1) : flag == null ? "" : flag.standard();
    }

    /** The value given, or null. */
    @Nullable
    String givenOrNull(String name) {
        return changed(name) ? text(name) : null;
    }

    boolean on(String name) {
        return "true".equals(text(name));
    }

    long number(String name) {
        String text = text(name);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    Duration duration(String name) {
        String text = text(name);
        return text.isEmpty() ? Duration.ZERO : GoDuration.parse(text);
    }

    /** All values, those of a {@code strings} flag split at commas. */
    List<String> list(String name) {
        Flag flag = known.get(name);
        List<String> values = new ArrayList<>();
        for (String value : given.getOrDefault(name, List.of())) {
            if (flag != null && "strings".equals(flag.type())) {
                values.addAll(csv(value));
            } else {
                values.add(value);
            }
        }
        return values;
    }

    /** What was given, long names to values; for those who want to know what ran. */
    Map<String, String> summary() {
        Map<String, String> summary = new LinkedHashMap<>();
        given.forEach((name, values) -> summary.put(name, String.join(",", values)));
        return summary;
    }

    private static List<String> csv(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (!line.isEmpty()) {
            fields.add(field.toString());
        }
        return fields;
    }
}
