package dev.kuar.practice.patch;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The steps of field paths, written as {@code fieldsV1} writes them. */
final class Steps {
    /** As upstream sorts steps of one level: keys and values by what they are, numbers by their size. */
    static final Comparator<String> ORDER = Steps::compare;

    private Steps() {}

    private static int compare(String one, String other) {
        if (one.charAt(0) != other.charAt(0) || one.charAt(0) == 'f') {
            return one.compareTo(other);
        }
        Object left = JsonReader.read(one.substring(2).getBytes(StandardCharsets.UTF_8));
        Object right = JsonReader.read(other.substring(2).getBytes(StandardCharsets.UTF_8));
        return compareValues(left, right);
    }

    private static int compareValues(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Map<?, ?> keys && right instanceof Map<?, ?> others) {
            Iterator<? extends Map.Entry<?, ?>> theirs = others.entrySet().iterator();
            for (Map.Entry<?, ?> mine : keys.entrySet()) {
                if (!theirs.hasNext()) {
                    return 1;
                }
                Map.Entry<?, ?> their = theirs.next();
                int names = String.valueOf(mine.getKey()).compareTo(String.valueOf(their.getKey()));
                int both = names != 0 ? names : compareValues(mine.getValue(), their.getValue());
                if (both != 0) {
                    return both;
                }
            }
            return theirs.hasNext() ? -1 : 0;
        }
        if (left instanceof Number number && right instanceof Number other) {
            return Double.compare(number.doubleValue(), other.doubleValue());
        }
        return String.valueOf(left).compareTo(String.valueOf(right));
    }

    static String field(String name) {
        return "f:" + name;
    }

    /** The step to an item of a set. */
    static String value(Object value) {
        return "v:" + JsonWriter.text(value);
    }

    /**
     * The step to an item of a list of type map; keys that are missing and have no default are no part of it.
     *
     * @return null when that leaves none
     */
    static @Nullable String key(TypeSchema list, @Nullable Object item) {
        Map<String, Object> keys = new TreeMap<>();
        for (String name : list.listMapKeys()) {
            Object value = item instanceof Map<?, ?> map ? map.get(name) : null;
            TypeSchema items = list.items();
            TypeSchema field = items == null ? null : items.field(name);
            if (value == null && field != null) {
                value = field.defaultValue();
            }
            if (value != null) {
                keys.put(name, value);
            }
        }
        return keys.isEmpty() ? null : "k:" + JsonWriter.text(new LinkedHashMap<String, Object>(keys));
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
