package dev.kuar.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Steps through the trees that objects are; what is missing is empty. */
final class Trees {
    private Trees() {}

    static @Nullable Object at(@Nullable Object tree, String... path) {
        Object here = tree;
        for (String key : path) {
            here = here instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return here;
    }

    static String text(@Nullable Object tree, String... path) {
        Object value = at(tree, path);
        return value == null ? "" : value.toString();
    }

    static long number(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof Number n ? n.longValue() : 0;
    }

    static List<?> items(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof List<?> list ? list : List.of();
    }

    static Map<?, ?> map(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof Map<?, ?> map ? map : Map.of();
    }
}
