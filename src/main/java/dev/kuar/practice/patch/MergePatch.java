package dev.kuar.practice.patch;

import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** JSON merge patch, RFC 7386. Objects that it touches come out with their fields sorted, as Go writes them. */
final class MergePatch {
    private MergePatch() {}

    static Map<String, Object> apply(Map<String, Object> target, Map<String, Object> patch) {
        Map<String, Object> merged = new TreeMap<>(target);
        for (Map.Entry<String, Object> entry : patch.entrySet()) {
            Object value = entry.getValue();
            if (value == null) {
                merged.remove(entry.getKey());
            } else if (value instanceof Map<?, ?>) {
                Object old = merged.get(entry.getKey());
                merged.put(
                        entry.getKey(),
                        apply(old instanceof Map<?, ?> ? Patches.map(old) : Map.of(), Patches.map(value)));
            } else {
                merged.put(entry.getKey(), KubeObject.copyOf(value));
            }
        }
        return new LinkedHashMap<>(merged);
    }
}
