package dev.kuar.kubectl.patch;

import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies strategic merge patches: lists merge by key, {@code $patch} deletes or replaces, null removes. */
public final class StrategicMerge {
    private StrategicMerge() {}

    /** Changes {@code object}; {@code $patch: delete} at the top empties it. */
    public static void apply(Tree object, Tree patch) {
        if ("delete".equals(patch.text("$patch"))) {
            object.map().clear();
            return;
        }
        map(object.map(), patch.map(), object.kind());
    }

    private static void map(Map<String, Object> target, Map<String, Object> patch, String kind) {
        patch.forEach((key, value) -> {
            if (key.startsWith("$")) {
                return;
            }
            if (value == null) {
                target.remove(key);
            } else if (value instanceof Map<?, ?>) {
                Tree inner = new Tree(value);
                boolean replace = "replace".equals(inner.text("$patch"));
                if ("delete".equals(inner.text("$patch"))) {
                    target.remove(key);
                } else if (!replace && target.get(key) instanceof Map<?, ?> existing) {
                    map(new Tree(existing).map(), inner.map(), kind);
                } else {
                    target.put(key, clean(value));
                }
            } else if (value instanceof List<?> list) {
                target.put(key, list(key, new Tree(target.get(key)), list, kind));
            } else {
                target.put(key, value);
            }
        });
    }

    private static Object clean(Object value) {
        Tree copy = new Tree(value).copy();
        copy.map().keySet().removeIf(key -> key.startsWith("$"));
        copy.map().values().removeIf(java.util.Objects::isNull);
        return copy.map();
    }

    private static List<Object> list(String field, Tree target, List<?> patch, String kind) {
        String key = MergeKeys.of(field, kind);
        List<Object> merged = new ArrayList<>(target.isList() ? target.listAt() : List.of());
        if (MergeKeys.isSet(field)) {
            patch.stream().filter(item -> !merged.contains(item)).forEach(merged::add);
            return merged;
        }
        if (key == null || patch.stream().anyMatch(item -> "replace".equals(new Tree(item).text("$patch")))) {
            List<Object> whole = new ArrayList<>();
            for (Object item : patch) {
                if (!new Tree(item).has("$patch")) {
                    Tree.add(whole, Tree.copyOf(item));
                }
            }
            return whole;
        }
        for (Object item : patch) {
            Tree entry = new Tree(item);
            Object existing = find(merged, key, entry.text(key));
            if ("delete".equals(entry.text("$patch"))) {
                merged.remove(existing);
            } else if (existing instanceof Map<?, ?>) {
                map(new Tree(existing).map(), entry.map(), kind);
            } else {
                merged.add(clean(entry.map()));
            }
        }
        return merged;
    }

    private static @Nullable Object find(List<Object> list, String key, String value) {
        for (Object item : list) {
            if (new Tree(item).text(key).equals(value)) {
                return item;
            }
        }
        return null;
    }
}
