package dev.kuar.practice.patch;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.TypeSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What server-side apply does with trees, led by list types and map types of the schema. */
final class TypedTree {
    /** What an applier says to be null, until the merged tree is taken apart. */
    private static final Object NULL = new Object();

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

    /** What an applier speaks of: the leaves of {@code value}, items of keyed lists, entries of maps, what is null or empty. */
    static FieldSet fields(@Nullable TypeSchema schema, @Nullable Object value) {
        FieldSet set = new FieldSet();
        addFields(schema, value, set);
        return set;
    }

    private static void addFields(@Nullable TypeSchema schema, @Nullable Object value, FieldSet set) {
        if (isMap(schema, value)) {
            Patches.map(value).forEach((name, each) -> {
                FieldSet child = set.open(Steps.field(name));
                addFields(schema == null ? null : schema.field(name), each, child);
                if (each == null || each instanceof Map<?, ?> map && map.isEmpty() || !isDeclared(schema, name)) {
                    child.mark();
                }
            });
        } else if (isKeyed(schema, value) && schema != null) {
            Steps.items(schema, (List<?>) Objects.requireNonNull(value)).forEach((step, each) -> {
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

    private static boolean isDeclared(@Nullable TypeSchema schema, String name) {
        return schema != null && schema.fields().containsKey(name);
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
        } else if (isMap(schema, old) && (isMap(schema, now) || now == NULL)) {
            compareMaps(schema, Patches.map(old), now == NULL ? Map.of() : Patches.map(now), below);
        } else if (isKeyed(schema, old) && (isKeyed(schema, now) || now == NULL) && schema != null) {
            Map<String, Object> before = Steps.items(schema, (List<?>) old);
            Map<String, Object> after = now == NULL ? Map.of() : Steps.items(schema, (List<?>) now);
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

    /** {@code live} with what {@code intent} says laid over it; what it says to be null is {@link #NULL}. */
    static Map<String, Object> merge(
            @Nullable TypeSchema schema, Map<String, Object> live, Map<String, Object> intent) {
        Map<String, Object> merged = new LinkedHashMap<>(live);
        intent.forEach((name, value) ->
                merged.put(name, mergeValue(schema == null ? null : schema.field(name), merged.get(name), value)));
        return merged;
    }

    private static Object mergeValue(@Nullable TypeSchema schema, @Nullable Object live, @Nullable Object intent) {
        if (intent == null) {
            return isMap(schema, live) || isKeyed(schema, live) ? Objects.requireNonNull(live) : NULL;
        }
        if (isMap(schema, live) && isMap(schema, intent)) {
            return merge(schema, Patches.map(live), Patches.map(intent));
        }
        if (isMap(schema, intent) && Patches.map(intent).containsValue(null)) {
            return merge(schema, Map.of(), Patches.map(intent));
        }
        if (!isKeyed(schema, intent) || schema == null) {
            return KubeObject.copyOf(intent);
        }
        List<?> items = isKeyed(schema, live) ? (List<?>) Objects.requireNonNull(live) : List.of();
        return mergeItems(schema, items, (List<?>) intent);
    }

    /** What both have comes in the order of {@code intent}, what only {@code live} has stays where it is among them. */
    private static List<Object> mergeItems(TypeSchema schema, List<?> live, List<?> intent) {
        Map<String, Object> old = Steps.items(schema, live);
        Map<String, Object> wanted = Steps.items(schema, intent);
        Deque<String> left = new ArrayDeque<>(old.keySet());
        Deque<String> right = new ArrayDeque<>(wanted.keySet());
        Deque<String> shared = new ArrayDeque<>(right);
        shared.removeIf(step -> !old.containsKey(step));
        Set<String> done = new HashSet<>();
        List<Object> merged = new ArrayList<>();
        while (!left.isEmpty() || !right.isEmpty()) {
            String first = left.peek();
            if (first != null && !wanted.containsKey(first)) {
                merged.add(Objects.requireNonNull(old.get(left.remove())));
            } else if (first != null && (done.contains(first) || !first.equals(shared.peek()))) {
                left.remove();
            } else if (!right.isEmpty()) {
                String step = right.remove();
                done.add(step);
                shared.remove(step);
                merged.add(mergeValue(item(schema, step), old.get(step), wanted.get(step)));
            } else {
                left.remove();
            }
        }
        return merged;
    }

    /** {@code value} with JSON's null for {@link #NULL}. */
    @SuppressWarnings("NullAway") // a tree to be conformed, where null is a value
    static Map<String, Object> withNulls(Map<String, Object> value) {
        Map<String, Object> plain = new LinkedHashMap<>();
        value.forEach((name, each) -> plain.put(name, each == NULL || each == null ? null : withNulls(each)));
        return plain;
    }

    private static Object withNulls(Object value) {
        if (value instanceof Map) {
            return withNulls(Patches.map(value));
        }
        if (!(value instanceof List<?> list)) {
            return value;
        }
        List<Object> plain = new ArrayList<>();
        list.forEach(each -> plain.add(each == null ? each : withNulls(each)));
        return plain;
    }

    /** {@code value} without what {@code gone} names and {@code kept} doesn't, with all that is below it. */
    static Map<String, Object> remove(
            @Nullable TypeSchema schema, Map<String, Object> value, FieldSet gone, FieldSet kept) {
        Map<String, Object> left = new LinkedHashMap<>(value);
        gone.children().forEach((step, child) -> {
            String name = step.substring(2);
            Object here = left.get(name);
            if (here == null) {
                return;
            }
            FieldSet still = kept.below(step);
            if (isNamed(schema, name, child) && !isNamed(schema, name, still)) {
                left.remove(name);
                return;
            }
            Object rest = removeBelow(schema == null ? null : schema.field(name), here, child, still);
            left.put(name, isBare(rest) && !rest.equals(here) ? NULL : rest);
        });
        return left;
    }

    /** A declared field counts as named where something below it is. */
    private static boolean isNamed(@Nullable TypeSchema schema, String name, FieldSet set) {
        return isDeclared(schema, name) ? !set.isEmpty() : set.isMember();
    }

    private static boolean isBare(Object value) {
        return value instanceof Map<?, ?> map && map.isEmpty() || value instanceof List<?> list && list.isEmpty();
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
            FieldSet still = kept.below(step);
            if (here != null && child.isMember() && !still.isMember()) {
                items.remove(step);
            } else if (here != null) {
                items.put(step, removeBelow(item(schema, step), here, child, still));
            }
        });
        return new ArrayList<>(items.values());
    }
}
