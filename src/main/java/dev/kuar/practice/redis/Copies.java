package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values that change alone. */
final class Copies {
    private Copies() {}

    static Object of(Object value) {
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        if (value instanceof Set<?> set) {
            return new LinkedHashSet<>(set);
        }
        if (value instanceof Map<?, ?> map) {
            return new LinkedHashMap<>(map);
        }
        if (value instanceof SortedMembers sorted) {
            SortedMembers copy = new SortedMembers();
            sorted.members().forEach(each -> copy.put(each.name(), each.score()));
            return copy;
        }
        return value;
    }
}
