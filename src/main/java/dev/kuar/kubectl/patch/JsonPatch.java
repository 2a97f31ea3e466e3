package dev.kuar.kubectl.patch;

import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies JSON patches (RFC 6902). */
public final class JsonPatch {
    private JsonPatch() {}

    /** The patched copy. @throws ParseException when an operation can't be done */
    public static @Nullable Object apply(@Nullable Object document, List<Tree> operations) {
        Object whole = Tree.copyOf(document);
        for (Tree operation : operations) {
            String path = operation.text("path");
            switch (operation.text("op")) {
                case "add" -> put(whole, path, operation.at("value").value(), true);
                case "replace" -> {
                    get(whole, path);
                    put(whole, path, operation.at("value").value(), false);
                }
                case "remove" -> remove(whole, path);
                case "copy" -> put(whole, path, Tree.copyOf(get(whole, operation.text("from"))), true);
                case "move" -> {
                    Object moved = get(whole, operation.text("from"));
                    remove(whole, operation.text("from"));
                    put(whole, path, moved, true);
                }
                case "test" -> {
                    if (!java.util.Objects.equals(
                            get(whole, path), operation.at("value").value())) {
                        throw new ParseException("testing value " + path + " failed: test failed");
                    }
                }
                default -> throw new ParseException("unexpected kind: unknown operation " + operation.text("op"));
            }
        }
        return whole;
    }

    private static String[] steps(String path) {
        String[] steps = path.split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            steps[i] = steps[i].replace("~1", "/").replace("~0", "~");
        }
        return steps;
    }

    private static @Nullable Object walk(@Nullable Object whole, String[] steps, int end, String path) {
        Object here = whole;
        for (int i = 1; i < end; i++) {
            here = child(here, steps[i], path);
        }
        return here;
    }

    private static @Nullable Object child(@Nullable Object parent, String step, String path) {
        if (parent instanceof Map<?, ?> map && map.containsKey(step)) {
            return map.get(step);
        }
        if (parent instanceof List<?> list && step.matches("[0-9]+") && Integer.parseInt(step) < list.size()) {
            return list.get(Integer.parseInt(step));
        }
        throw new ParseException("replace operation does not apply: doc is missing path: " + path + ": missing value");
    }

    private static @Nullable Object get(@Nullable Object whole, String path) {
        String[] steps = steps(path);
        return walk(whole, steps, steps.length, path);
    }

    private static void put(@Nullable Object whole, String path, @Nullable Object value, boolean insert) {
        String[] steps = steps(path);
        String last = steps[steps.length - 1];
        Tree parent = new Tree(walk(whole, steps, steps.length - 1, path));
        if (parent.isMap()) {
            Tree.put(parent.map(), last, value);
        } else if (parent.isList()) {
            List<Object> list = parent.listAt();
            if ("-".equals(last)) {
                Tree.add(list, value);
            } else if (insert) {
                insert(list, Integer.parseInt(last), value);
            } else {
                replace(list, Integer.parseInt(last), value);
            }
        }
    }

    @SuppressWarnings("NullAway")
    private static void insert(List<Object> list, int place, @Nullable Object value) {
        list.add(place, value);
    }

    @SuppressWarnings("NullAway")
    private static void replace(List<Object> list, int place, @Nullable Object value) {
        list.set(place, value);
    }

    private static void remove(@Nullable Object whole, String path) {
        String[] steps = steps(path);
        get(whole, path);
        Tree parent = new Tree(walk(whole, steps, steps.length - 1, path));
        if (parent.isMap()) {
            parent.map().remove(steps[steps.length - 1]);
        } else {
            parent.listAt().remove(Integer.parseInt(steps[steps.length - 1]));
        }
    }
}
