package dev.kuar.practice.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object of any kind as the tree that its JSON describes: maps ({@link LinkedHashMap}), lists ({@link ArrayList}),
 * {@link String}, {@link Long}, {@link Double}, {@link Boolean}; an absent field is an absent key.
 *
 * <p>Objects that come out of the API are shared by everybody who reads: never change one, change a {@link #copy()}.
 * Readers answer with an empty value for what is absent, never null, except where the type says so.
 */
public final class KubeObject {
    private final Map<String, Object> tree;

    private KubeObject(Map<String, Object> tree) {
        this.tree = tree;
    }

    /** A view over {@code tree}, which is not copied. */
    public static KubeObject of(Map<String, Object> tree) {
        return new KubeObject(tree);
    }

    /** A new object with kind and name, for callers that build one. */
    public static KubeObject create(String apiVersion, String kind, String namespace, String name) {
        KubeObject object = new KubeObject(new LinkedHashMap<>());
        object.set(apiVersion, "apiVersion");
        object.set(kind, "kind");
        object.set(name, "metadata", "name");
        if (!namespace.isEmpty()) {
            object.set(namespace, "metadata", "namespace");
        }
        return object;
    }

    /** The tree itself, live. */
    public Map<String, Object> tree() {
        return tree;
    }

    public String apiVersion() {
        return text("apiVersion");
    }

    public String kind() {
        return text("kind");
    }

    public String name() {
        return text("metadata", "name");
    }

    /** Empty for cluster-scoped kinds. */
    public String namespace() {
        return text("metadata", "namespace");
    }

    public String uid() {
        return text("metadata", "uid");
    }

    public String resourceVersion() {
        return text("metadata", "resourceVersion");
    }

    public long generation() {
        return number(0, "metadata", "generation");
    }

    public Map<String, String> labels() {
        return textMap("metadata", "labels");
    }

    public Map<String, String> annotations() {
        return textMap("metadata", "annotations");
    }

    public List<String> finalizers() {
        return texts("metadata", "finalizers");
    }

    public List<Map<String, Object>> ownerReferences() {
        return maps("metadata", "ownerReferences");
    }

    /** Whether deletion has begun. */
    public boolean isTerminating() {
        return at("metadata", "deletionTimestamp") != null;
    }

    /** What stands at {@code path}, or null. */
    public @Nullable Object at(String... path) {
        Object here = tree;
        for (String step : path) {
            if (!(here instanceof Map<?, ?> map)) {
                return null;
            }
            here = map.get(step);
        }
        return here;
    }

    public String text(String... path) {
        return at(path) instanceof String text ? text : "";
    }

    public long number(long otherwise, String... path) {
        return at(path) instanceof Number number ? number.longValue() : otherwise;
    }

    /** True only where a true stands. */
    public boolean flag(String... path) {
        return Boolean.TRUE.equals(at(path));
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> map(String... path) {
        return at(path) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @SuppressWarnings("unchecked")
    public Map<String, String> textMap(String... path) {
        return at(path) instanceof Map<?, ?> map ? (Map<String, String>) map : Map.of();
    }

    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> maps(String... path) {
        return at(path) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    @SuppressWarnings("unchecked")
    public List<String> texts(String... path) {
        return at(path) instanceof List<?> list ? (List<String>) list : List.of();
    }

    /** Puts {@code value} at {@code path}, making the maps on the way; null removes. Only on an object of one's own. */
    @SuppressWarnings("unchecked")
    public void set(@Nullable Object value, String... path) {
        Map<String, Object> here = tree;
        for (int i = 0; i < path.length - 1; i++) {
            Object next = here.get(path[i]);
            if (!(next instanceof Map)) {
                if (value == null) {
                    return;
                }
                next = new LinkedHashMap<String, Object>();
                here.put(path[i], next);
            }
            here = (Map<String, Object>) next;
        }
        if (value == null) {
            here.remove(path[path.length - 1]);
        } else {
            here.put(path[path.length - 1], value);
        }
    }

    /** A deep copy that the caller owns. */
    public KubeObject copy() {
        return new KubeObject(copyMap(tree));
    }

    /** A deep copy of what may be absent. */
    public static @Nullable Object copyOrNull(@Nullable Object value) {
        return value == null ? null : copyOf(value);
    }

    /** A deep copy of any part of a tree. */
    @SuppressWarnings("unchecked")
    public static <T extends @Nullable Object> T copyOf(T value) {
        if (value instanceof Map<?, ?> map) {
            return (T) copyMap((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object item : list) {
                copy.add(copyOf(item));
            }
            return (T) copy;
        }
        return value;
    }

    private static Map<String, Object> copyMap(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
        for (Map.Entry<String, Object> entry : map.entrySet()) {
            copy.put(entry.getKey(), copyOf(entry.getValue()));
        }
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KubeObject that && tree.equals(that.tree);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tree);
    }

    @Override
    public String toString() {
        return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
    }
}
