package dev.kuar.practice.patch;

import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges lists whose patch strategy is merge: primitives as sets, objects by their merge key. */
final class ListMerge {
    private ListMerge() {}

    static List<Object> merge(TypeSchema field, List<?> old, List<?> patch, @Nullable Object order) {
        String key = field.patchMergeKey();
        return key.isEmpty() ? primitives(old, patch, order) : objects(field, key, old, patch, order);
    }

    private static List<Object> primitives(List<?> old, List<?> patch, @Nullable Object order) {
        List<Object> merged = new ArrayList<>(old);
        List<Object> added = new ArrayList<>();
        for (Object item : patch) {
            if (item != null && !merged.contains(item)) {
                merged.add(item);
            }
            if (item != null) {
                added.add(item);
            }
        }
        return ElementOrder.order("", merged, added, old, order);
    }

    private static List<Object> objects(
            TypeSchema field, String key, List<?> old, List<?> patch, @Nullable Object order) {
        List<Object> merged = new ArrayList<>(old);
        List<Object> patched = new ArrayList<>();
        boolean replace = false;
        List<Map<String, Object>> additions = new ArrayList<>();
        for (Object each : patch) {
            if (!(each instanceof Map<?, ?>)) {
                throw Statuses.badRequest("unable to find api field in struct for the json field");
            }
            Map<String, Object> item = Patches.map(each);
            Object directive = item.get(StrategicPatch.PATCH);
            if (directive == null || directive.equals("merge")) {
                additions.add(item);
            } else if (directive.equals("replace")) {
                replace = true;
            } else if (directive.equals("delete")) {
                Object value = keyValue(item, key);
                merged.removeIf(m -> m instanceof Map<?, ?> map && value.equals(map.get(key)));
            } else {
                throw Statuses.internal("unknown patch type: " + directive + " in map: " + StrategicPatch.goMap(item));
            }
        }
        if (replace) {
            List<Object> replaced = new ArrayList<>();
            additions.forEach(item -> replaced.add(StrategicPatch.withoutNulls(item)));
            return replaced;
        }
        for (Map<String, Object> item : additions) {
            Object value = keyValue(item, key);
            int at = indexOf(merged, key, value);
            Map<String, Object> result = at < 0
                    ? StrategicPatch.apply(field.items(), Map.of(), item)
                    : StrategicPatch.apply(field.items(), Patches.map(merged.get(at)), item);
            if (at < 0) {
                merged.add(result);
            } else {
                merged.set(at, result);
            }
            patched.add(result);
        }
        return ElementOrder.order(key, merged, patched, old, order);
    }

    private static Object keyValue(Map<String, Object> item, String key) {
        Object value = item.get(key);
        if (value == null) {
            throw Statuses.internal(
                    "map: " + StrategicPatch.goMap(item) + " does not contain declared merge key: " + key);
        }
        return value;
    }

    static int indexOf(List<?> list, String key, @Nullable Object value) {
        for (int i = 0; i < list.size(); i++) {
            Object here = key.isEmpty() ? list.get(i) : list.get(i) instanceof Map<?, ?> map ? map.get(key) : null;
            if (here != null && here.equals(value)) {
                return i;
            }
        }
        return -1;
    }
}
