package dev.kuar.practice.controller;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Go types that a pod template is made of, from {@code practice/go/pod-template.txt}, which says its form. Immutable. */
final class GoTypes {
    private static final String SOURCE = "/practice/go/pod-template.txt";

    private final Map<String, List<Field>> structs = new HashMap<>();
    private final Map<String, String> named = new HashMap<>();

    /**
     * A field of a struct.
     *
     * @param json its name in JSON, {@code +} where its fields are its holder's
     * @param type as Go writes it: {@code *v1.Probe}
     */
    record Field(String name, String json, String type) {}

    private GoTypes() {}

    static GoTypes load() {
        GoTypes types = new GoTypes();
        try (InputStream stream = Objects.requireNonNull(GoTypes.class.getResourceAsStream(SOURCE), SOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(types::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types;
    }

    private void add(String line) {
        String[] words = line.split(" ", -1);
        if (words[1].startsWith("=")) {
            named.put(words[0], words[1].substring(1));
            return;
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            String[] parts = words[i].split(":", 3);
            String json =
                    parts[1].isEmpty() ? Character.toLowerCase(parts[0].charAt(0)) + parts[0].substring(1) : parts[1];
            fields.add(new Field(parts[0], json, parts[2]));
        }
        structs.put(words[0], List.copyOf(fields));
    }

    /** In Go's order; empty for what is no struct. */
    List<Field> fields(String type) {
        return structs.getOrDefault(type, List.of());
    }

    /** What a type of its own name is, else the type itself. */
    String underlying(String type) {
        return named.getOrDefault(type, type);
    }
}
