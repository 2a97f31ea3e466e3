package dev.kuar.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings the edits of one program into a kubeconfig that another has changed meanwhile: entry by entry, by name. */
final class KubeconfigMerge {
    private static final Set<String> LISTS = Set.of("clusters", "users", "contexts");

    private KubeconfigMerge() {}

    /**
     * What {@code theirs} becomes with the difference between {@code base} and {@code mine} in it.
     *
     * @param base as it was read
     * @param mine as it was edited
     * @param theirs as the file is now
     */
    static Map<String, Object> merge(Map<String, Object> base, Map<String, Object> mine, Map<String, Object> theirs) {
        Map<String, Object> merged = new LinkedHashMap<>(theirs);
        Set<String> keys = new LinkedHashSet<>(base.keySet());
        keys.addAll(mine.keySet());
        for (String key : keys) {
            if (LISTS.contains(key)) {
                merged.put(key, entries(named(base, key), named(mine, key), named(theirs, key)));
            } else {
                settle(merged, key, base.get(key), mine.get(key));
            }
        }
        return merged;
    }

    private static List<Object> entries(
            Map<String, Object> base, Map<String, Object> mine, Map<String, Object> theirs) {
        Map<String, Object> merged = new LinkedHashMap<>(theirs);
        Set<String> names = new LinkedHashSet<>(base.keySet());
        names.addAll(mine.keySet());
        names.forEach(name -> settle(merged, name, base.get(name), mine.get(name)));
        return new ArrayList<>(merged.values());
    }

    /** Does to {@code merged} what was done to {@code before}: nothing, a change, a removal. */
    private static void settle(
            Map<String, Object> merged, String key, @Nullable Object before, @Nullable Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (after == null) {
            merged.remove(key);
        } else {
            merged.put(key, after);
        }
    }

    private static Map<String, Object> named(Map<String, Object> tree, String list) {
        Map<String, Object> named = new LinkedHashMap<>();
        if (tree.get(list) instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map) {
                    named.put(String.valueOf(map.get("name")), map);
                }
            }
        }
        return named;
    }
}
