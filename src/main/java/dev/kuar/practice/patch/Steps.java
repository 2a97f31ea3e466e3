package dev.kuar.practice.patch;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The steps of field paths, written as {@code fieldsV1} writes them. */
final class Steps {
    private Steps() {}

    static String field(String name) {
        return "f:" + name;
    }

    /** The step to an item of a set. */
    static String value(Object value) {
        return "v:" + JsonWriter.text(value);
    }

    /**
     * The step to an item of a list of type map.
     *
     * @return null when a key is missing and has no default
     */
    static @Nullable String key(TypeSchema list, Object item) {
        Map<String, Object> keys = new TreeMap<>();
        for (String name : list.listMapKeys()) {
            Object value = item instanceof Map<?, ?> map ? map.get(name) : null;
            TypeSchema items = list.items();
            TypeSchema field = items == null ? null : items.field(name);
            if (value == null && field != null) {
                value = field.defaultValue();
            }
            if (value == null) {
                return null;
            }
            keys.put(name, value);
        }
        return "k:" + JsonWriter.text(new LinkedHashMap<String, Object>(keys));
    }

    /** As upstream prints the step in a path. */
    static String shown(String step) {
        String rest = step.substring(2);
        return switch (step.charAt(0)) {
            case 'f' -> "." + rest;
            case 'i' -> "[" + rest + "]";
            case 'v' -> "[=" + rest + "]";
            default -> {
                StringBuilder text = new StringBuilder("[");
                JsonReader.readMap(rest.getBytes(StandardCharsets.UTF_8))
                        .forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                                .append(name)
                                .append('=')
                                .append(JsonWriter.text(value)));
                yield text.append(']').toString();
            }
        };
    }

    /** The items of a list by their steps; of equal steps the first. Lists without keys have no steps. */
    static Map<String, Object> items(TypeSchema list, List<?> items) {
        Map<String, Object> byStep = new LinkedHashMap<>();
        boolean set = list.listType().equals("set");
        for (Object item : items) {
            String step = set ? value(item) : key(list, item);
            if (step != null) {
                byStep.putIfAbsent(step, item);
            }
        }
        return byStep;
    }
}
