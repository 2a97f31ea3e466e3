package dev.kuar.practice.patch;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What server-side apply does with trees, led by list types and map types of the schema. */
final class TypedTree {
    private TypedTree() {}

    /** What changed from one tree to another. */
    record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
        boolean isSame() {
            return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
        }
    }

    private static boolean isMap(@Nullable TypeSchema schema, @Nullable Object value) {
        return value instanceof Map && (schema == null || !schema.isAtomicMap());
    }

    private static boolean isKeyed(@Nullable TypeSchema schema, @Nullable Object value) {
        return value instanceof List && schema != null && !schema.listType().equals("atomic");
    }

    private static @Nullable TypeSchema item(TypeSchema list, String step) {
        return step.startsWith("v:") ? null : list.items();
    }

    /** The paths in {@code value} that replace something atomic. */
    static void atomics(@Nullable TypeSchema schema, Object value, String path, List<String> found) {
        if (schema == null) {
            return;
        }
        if (value instanceof Map && schema.isAtomicMap() || value instanceof List && !isKeyed(schema, value)) {
            found.add(path);
        } else if (value instanceof Map) {
            Patches.map(value).forEach((name, each) -> atomics(schema.field(name), each, path + "." + name, found));
        } else if (value instanceof List<?> list) {
            for (Object each : list) {
                atomics(schema.items(), each, path + "[*]", found);
            }
        }
    }

    /** The leaves of {@code value}, and the items of its keyed lists: what an applier speaks of. */
    static FieldSet fields(@Nullable TypeSchema schema, @Nullable Object value) {
        FieldSet set = new FieldSet();
        addFields(schema, value, set);
        return set;
    }

    private static void addFields(@Nullable TypeSchema schema, @Nullable Object value, FieldSet set) {
        if (isMap(schema, value)) {
            Map<String, Object> map = Patches.map(value);
            if (map.isEmpty()) {
                set.mark();
            }
            map.forEach((name, each) ->
                    addFields(schema == null ? null : schema.field(name), each, set.open(Steps.field(name))));
        } else if (isKeyed(schema, value) && schema != null) {
            Map<String, Object> items = Steps.items(schema, (List<?>) Objects.requireNonNull(value));
            if (items.isEmpty()) {
                set.mark();
            }
            items.forEach((step, each) -> {
                FieldSet child = set.open(step);
                child.mark();
                if (each instanceof Map) {
                    addFields(schema.items(), each, child);
                }
            });
        } else {
            set.mark();
        }
    }

    static Comparison compare(@Nullable TypeSchema schema, Map<String, Object> old, Map<String, Object> now) {
        Comparison comparison = new Comparison(new FieldSet(), new FieldSet(), new FieldSet());
        compareMaps(schema, old, now, comparison);
        comparison.added().prune();
        comparison.modified().prune();
        comparison.removed().prune();
        return comparison;
    }

    private static void compareMaps(
            @Nullable TypeSchema schema, Map<String, Object> old, Map<String, Object> now, Comparison into) {
        now.forEach((name, value) -> {
            TypeSchema field = schema == null ? null : schema.field(name);
            Object before = old.get(name);
            if (before == null && isKeyed(field, value) && schema != null && schema.isAlwaysThere(name)) {
                before = List.of();
            }
            step(field, before, value, into, Steps.field(name));
        });
        old.forEach((name, value) -> {
            if (!now.containsKey(name)) {
                step(schema == null ? null : schema.field(name), value, null, into, Steps.field(name));
            }
        });
    }

    private static void step(
            @Nullable TypeSchema schema, @Nullable Object old, @Nullable Object now, Comparison into, String step) {
        if (Objects.equals(old, now)) {
            return;
        }
        Comparison below = new Comparison(
                into.added().open(step),
                into.modified().open(step),
                into.removed().open(step));
        if (old == null) {
            whole(schema, now, below.added());
        } else if (now == null) {
            whole(schema, old, below.removed());
        } else if (isMap(schema, old) && isMap(schema, now)) {
            compareMaps(schema, Patches.map(old), Patches.map(now), below);
        } else if (isKeyed(schema, old) && isKeyed(schema, now) && schema != null) {
            Map<String, Object> before = Steps.items(schema, (List<?>) old);
            Map<String, Object> after = Steps.items(schema, (List<?>) now);
            after.forEach((key, value) -> step(item(schema, key), before.get(key), value, below, key));
            before.forEach((key, value) -> {
                if (!after.containsKey(key)) {
                    step(item(schema, key), value, null, below, key);
                }
            });
        } else {
            below.modified().mark();
        }
    }

    /** A value that came or went: itself and everything below it. */
    private static void whole(@Nullable TypeSchema schema, @Nullable Object value, FieldSet set) {
        set.mark();
        if (isMap(schema, value)) {
            Patches.map(value)
                    .forEach((name, each) ->
                            whole(schema == null ? null : schema.field(name), each, set.open(Steps.field(name))));
        } else if (isKeyed(schema, value) && schema != null) {
            Steps.items(schema, (List<?>) Objects.requireNonNull(value))
                    .forEach((step, each) -> whole(item(schema, step), each, set.open(step)));
        }
    }

    /** {@code live} with what {@code intent} says laid over it. */
    static Map<String, Object> merge(
            @Nullable TypeSchema schema, Map<String, Object> live, Map<String, Object> intent) {
        Map<String, Object> merged = new LinkedHashMap<>(live);
        intent.forEach((name, value) -> {
            if (value != null) {
                merged.put(name, mergeValue(schema == null ? null : schema.field(name), merged.get(name), value));
            }
        });
        return merged;
    }

    private static Object mergeValue(@Nullable TypeSchema schema, @Nullable Object live, Object intent) {
        if (isMap(schema, live) && isMap(schema, intent)) {
            return merge(schema, Patches.map(live), Patches.map(intent));
        }
        if (!isKeyed(schema, live) || !isKeyed(schema, intent) || schema == null) {
            return KubeObject.copyOf(intent);
        }
        Map<String, Object> items = Steps.items(schema, (List<?>) Objects.requireNonNull(live));
        Steps.items(schema, (List<?>) intent).forEach((step, value) -> {
            Object old = items.get(step);
            items.put(step, old == null ? KubeObject.copyOf(value) : mergeValue(item(schema, step), old, value));
        });
        return new ArrayList<>(items.values());
    }

    /** {@code value} without what {@code gone} names and {@code kept} doesn't. */
    static Map<String, Object> remove(
            @Nullable TypeSchema schema, Map<String, Object> value, FieldSet gone, FieldSet kept) {
        Map<String, Object> left = new LinkedHashMap<>(value);
        gone.children().forEach((step, child) -> {
            String name = step.substring(2);
            Object here = left.get(name);
            if (here == null) {
                return;
            }
            FieldSet still = kept.child(step);
            if (still == null || still.isEmpty()) {
                left.remove(name);
            } else {
                left.put(name, removeBelow(schema == null ? null : schema.field(name), here, child, still));
            }
        });
        return left;
    }

    private static Object removeBelow(@Nullable TypeSchema schema, Object value, FieldSet gone, FieldSet kept) {
        if (isMap(schema, value)) {
            return remove(schema, Patches.map(value), gone, kept);
        }
        if (!isKeyed(schema, value) || schema == null) {
            return value;
        }
        Map<String, Object> items = Steps.items(schema, (List<?>) value);
        gone.children().forEach((step, child) -> {
            Object here = items.get(step);
            FieldSet still = kept.child(step);
            if (here != null && (still == null || still.isEmpty())) {
                items.remove(step);
            } else if (here != null && still != null) {
                items.put(step, removeBelow(item(schema, step), here, child, still));
            }
        });
        return new ArrayList<>(items.values());
    }
}
