package dev.kuar.awk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An array: values by text, in the order in which they came. */
final class AwkArray {
    private final Map<String, Value> values = new LinkedHashMap<>();

    /** The element, made where it is missing, as a mention does. */
    Value get(String key) {
        return values.computeIfAbsent(key, k -> Value.UNSET);
    }

    void put(String key, Value value) {
        values.put(key, value);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    void remove(String key) {
        values.remove(key);
    }

    void clear() {
        values.clear();
    }

    int size() {
        return values.size();
    }

    /** A copy of the keys there are. */
    List<String> keys() {
        return new ArrayList<>(values.keySet());
    }
}
