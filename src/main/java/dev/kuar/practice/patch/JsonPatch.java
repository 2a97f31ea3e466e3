package dev.kuar.practice.patch;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A list of JSON patch operations, RFC 6902; whatever cannot be applied is refused with 422. */
final class JsonPatch {
    private final List<?> operations;

    JsonPatch(List<?> operations) {
        this.operations = operations;
    }

    Object apply(Map<String, Object> tree) {
        Object document = KubeObject.copyOf(tree);
        for (Object each : operations) {
            if (!(each instanceof Map<?, ?> operation)) {
                throw Patches.unprocessable();
            }
            document = applyOne(document, operation);
        }
        return document;
    }

    private static Object applyOne(Object document, Map<?, ?> operation) {
        String path = text(operation, "path");
        boolean valued = operation.containsKey("value");
        Object value = operation.get("value");
        switch (text(operation, "op")) {
            case "add" -> {
                require(valued);
                return add(document, path, copy(value));
            }
            case "remove" -> remove(document, path);
            case "replace" -> {
                require(valued);
                if (path.isEmpty()) {
                    return Objects.requireNonNull(copy(value));
                }
                replace(document, path, copy(value));
            }
            case "move" -> {
                Object moved = get(document, text(operation, "from"));
                remove(document, text(operation, "from"));
                return add(document, path, moved);
            }
            case "copy" -> {
                return add(document, path, copy(get(document, text(operation, "from"))));
            }
            case "test" -> {
                if (!Objects.equals(find(document, path), value)) {
                    throw new TestFailed();
                }
            }
            default -> throw Patches.unprocessable();
        }
        return document;
    }

    private static @Nullable Object copy(@Nullable Object value) {
        return value == null ? null : KubeObject.copyOf(value);
    }

    private static Object add(Object document, String path, @Nullable Object value) {
        if (path.isEmpty()) {
            return Objects.requireNonNull(value);
        }
        Object parent = get(document, parentOf(path));
        String last = lastOf(path);
        if (parent instanceof Map<?, ?>) {
            putNullable(Patches.map(parent), last, value);
        } else {
            List<@Nullable Object> list = list(parent);
            list.add(last.equals("-") ? list.size() : index(last, list.size() + 1), value);
        }
        return document;
    }

    private static void replace(Object document, String path, @Nullable Object value) {
        Object parent = get(document, parentOf(path));
        String last = lastOf(path);
        if (parent instanceof Map<?, ?> map) {
            require(map.containsKey(last));
            putNullable(Patches.map(parent), last, value);
        } else {
            List<@Nullable Object> list = list(parent);
            list.set(index(last, list.size()), value);
        }
    }

    private static void remove(Object document, String path) {
        require(!path.isEmpty());
        Object parent = get(document, parentOf(path));
        String last = lastOf(path);
        if (parent instanceof Map<?, ?> map) {
            require(map.containsKey(last));
            map.remove(last);
        } else {
            List<@Nullable Object> list = list(parent);
            list.remove(index(last, list.size()));
        }
    }

    private static Object get(Object document, String path) {
        Object found = find(document, path);
        if (found == null) {
            throw Patches.unprocessable();
        }
        return found;
    }

    private static @Nullable Object find(Object document, String path) {
        Object here = document;
        if (path.isEmpty()) {
            return here;
        }
        for (String step : steps(path)) {
            if (here instanceof Map<?, ?> map) {
                here = map.get(step);
            } else if (here instanceof List<?> list) {
                here = list.get(index(step, list.size()));
            } else {
                throw Patches.unprocessable();
            }
        }
        return here;
    }

    private static List<String> steps(String path) {
        require(path.startsWith("/"));
        List<String> steps = new ArrayList<>();
        for (String step : path.substring(1).split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }

    private static String parentOf(String path) {
        require(path.startsWith("/"));
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static String lastOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }

    /** An index below {@code limit}; negative ones count from the end, as upstream's library allows. */
    private static int index(String step, int limit) {
        try {
            int index = Integer.parseInt(step);
            index = index < 0 ? index + limit : index;
            require(index >= 0 && index < limit);
            return index;
        } catch (NumberFormatException e) {
            throw Patches.unprocessable();
        }
    }

    private static void putNullable(Map<String, Object> map, String name, @Nullable Object value) {
        if (value == null) {
            map.remove(name);
        } else {
            map.put(name, value);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> list(Object value) {
        require(value instanceof List);
        return (List<@Nullable Object>) value;
    }

    private static String text(Map<?, ?> operation, String name) {
        if (operation.get(name) instanceof String text) {
            return text;
        }
        throw Patches.unprocessable();
    }

    /** A document is not what a patch says that it is. */
    static final class TestFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw Patches.unprocessable();
        }
    }
}
