package dev.kuar.kubectl.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A view of a part of a JSON tree: maps, lists, String, Long, Double, Boolean or nothing at all.
 *
 * <p>Readers answer with an empty value for what is absent. The tree behind is not copied.
 */
public record Tree(@Nullable Object value) {
    /** What stands where nothing stands. */
    public static final Tree NONE = new Tree(null);

    /** The part at {@code path}; {@link #NONE} where there is none. */
    public Tree at(String... path) {
        Object here = value;
        for (String step : path) {
            if (!(here instanceof Map<?, ?> map)) {
                return NONE;
            }
            here = map.get(step);
        }
        return here == value ? this : new Tree(here);
    }

    public boolean has(String... path) {
        return at(path).value != null;
    }

    /** Text, or the JSON of a number or boolean; empty where nothing or a composite stands. */
    public String text(String... path) {
        Object found = at(path).value;
        return found instanceof String text
                ? text
                : found instanceof Number || found instanceof Boolean ? Json.compact(found) : "";
    }

    /** Like {@link #text} with {@code otherwise} for what is empty. */
    public String textOr(String otherwise, String... path) {
        String text = text(path);
        return text.isEmpty() ? otherwise : text;
    }

    public long number(long otherwise, String... path) {
        return at(path).value instanceof Number number ? number.longValue() : otherwise;
    }

    public boolean flag(String... path) {
        return Boolean.TRUE.equals(at(path).value);
    }

    /** The elements of a list, in order; empty where there is none. */
    public List<Tree> items(String... path) {
        List<Tree> items = new ArrayList<>();
        if (at(path).value instanceof List<?> list) {
            list.forEach(item -> items.add(new Tree(item)));
        }
        return items;
    }

    /** The live list, or a new one that leads nowhere. */
    @SuppressWarnings("unchecked")
    public List<Object> listAt(String... path) {
        return at(path).value instanceof List<?> list ? (List<Object>) list : new ArrayList<>();
    }

    /** The texts of a list, in order. */
    public List<String> texts(String... path) {
        return items(path).stream().map(Tree::text).toList();
    }

    /** The live map, or an empty one that leads nowhere. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> map(String... path) {
        return at(path).value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** A sorted copy of a map of texts, such as labels. */
    public Map<String, String> textMap(String... path) {
        Map<String, String> texts = new TreeMap<>();
        map(path).forEach((key, item) -> texts.put(key, new Tree(item).text()));
        return texts;
    }

    public boolean isMap() {
        return value instanceof Map;
    }

    public boolean isList() {
        return value instanceof List;
    }

    public String name() {
        return text("metadata", "name");
    }

    public String namespace() {
        return text("metadata", "namespace");
    }

    public String kind() {
        return text("kind");
    }

    public String apiVersion() {
        return text("apiVersion");
    }

    /** Puts {@code item} at {@code path}, making the maps on the way; null removes. */
    public void set(@Nullable Object item, String... path) {
        Map<String, Object> here = map();
        for (int i = 0; i < path.length - 1; i++) {
            Object next = here.get(path[i]);
            if (!(next instanceof Map)) {
                if (item == null) {
                    return;
                }
                next = new LinkedHashMap<String, Object>();
                here.put(path[i], next);
            }
            here = new Tree(next).map();
        }
        if (item == null) {
            here.remove(path[path.length - 1]);
        } else {
            here.put(path[path.length - 1], item);
        }
    }

    /** A deep copy that the caller owns. */
    public Tree copy() {
        return new Tree(copyOf(value));
    }

    /** A deep copy of a part of a tree. */
    public static @Nullable Object copyOf(@Nullable Object part) {
        if (part instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> put(copy, String.valueOf(key), copyOf(item)));
            return copy;
        }
        if (part instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object item : list) {
                add(copy, copyOf(item));
            }
            return copy;
        }
        return part;
    }

    /** Puts an item that may be a JSON null. */
    @SuppressWarnings("NullAway")
    public static void put(Map<String, Object> map, String key, @Nullable Object item) {
        map.put(key, item);
    }

    /** Adds an item that may be a JSON null. */
    @SuppressWarnings("NullAway")
    public static void add(List<Object> list, @Nullable Object item) {
        list.add(item);
    }

    /** An ordered map of alternating keys and values; absent (null) values are left out. */
    public static Map<String, Object> mapOf(@Nullable Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Object item = pairs[i + 1];
            if (item != null) {
                map.put(String.valueOf(pairs[i]), item);
            }
        }
        return map;
    }

    /** A growable list of {@code items}. */
    public static List<Object> listOf(Object... items) {
        return new ArrayList<>(List.of(items));
    }
}
