package dev.kuar.kubectl.patch;

import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the patch of kubectl apply from what was applied last, what is to be, and what is: changes and additions from
 * the second and third, deletions from the first and second.
 */
public final class ThreeWay {
    private final boolean strategic;
    private final String kind;

    /** {@code strategic} for built-in kinds; others get a JSON merge patch. */
    public ThreeWay(boolean strategic, String kind) {
        this.strategic = strategic;
        this.kind = kind;
    }

    /** The patch, empty when nothing is to change. */
    public Map<String, Object> patch(Tree last, Tree wanted, Tree live) {
        return map(last.map(), wanted.map(), live.map());
    }

    private Map<String, Object> map(Map<String, Object> last, Map<String, Object> wanted, Map<String, Object> live) {
        Map<String, Object> patch = new LinkedHashMap<>();
        wanted.forEach((key, value) -> {
            Object now = live.get(key);
            if (value == null) {
                if (now != null) {
                    Tree.put(patch, key, null);
                }
            } else if (value instanceof Map<?, ?> && now instanceof Map<?, ?>) {
                Map<String, Object> inner =
                        map(new Tree(last.get(key)).map(), new Tree(value).map(), new Tree(now).map());
                if (!inner.isEmpty()) {
                    if (strategic && MergeKeys.retainsKeys(key)) {
                        inner.put(
                                "$retainKeys",
                                new ArrayList<Object>(new Tree(value)
                                        .map().keySet().stream().sorted().toList()));
                    }
                    patch.put(key, inner);
                }
            } else if (value instanceof List<?> list) {
                list(key, new Tree(last.get(key)), list, new Tree(now), patch);
            } else if (!same(value, now)) {
                patch.put(key, value);
            }
        });
        last.forEach((key, value) -> {
            if (value != null && !wanted.containsKey(key) && live.containsKey(key)) {
                Tree.put(patch, key, null);
            }
        });
        return patch;
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return Double.compare(x.doubleValue(), y.doubleValue()) == 0;
        }
        return Objects.equals(a, b);
    }

    private void list(String field, Tree last, List<?> wanted, Tree live, Map<String, Object> patch) {
        String key = strategic ? MergeKeys.of(field, kind) : null;
        if (key == null || !live.isList() || wanted.stream().anyMatch(item -> !new Tree(item).has(key))) {
            if (!Objects.equals(wanted, live.value())) {
                patch.put(field, wanted);
            }
            return;
        }
        List<Object> changes = new ArrayList<>();
        List<Object> order = new ArrayList<>();
        for (Object item : wanted) {
            Tree entry = new Tree(item);
            order.add(Tree.mapOf(key, entry.at(key).value()));
            Tree now = find(live, key, entry.text(key));
            Tree before = find(last, key, entry.text(key));
            if (!now.isMap()) {
                changes.add(entry.map());
                continue;
            }
            Map<String, Object> inner = map(before.map(), entry.map(), now.map());
            if (!inner.isEmpty()) {
                Map<String, Object> named = new LinkedHashMap<>(inner);
                named.put(key, Objects.requireNonNull(entry.at(key).value()));
                changes.add(named);
            }
        }
        for (Tree before : last.items()) {
            String name = before.text(key);
            boolean gone =
                    wanted.stream().noneMatch(item -> new Tree(item).text(key).equals(name));
            if (gone && find(live, key, name).isMap()) {
                changes.add(Tree.mapOf("$patch", "delete", key, before.at(key).value()));
            }
        }
        if (!changes.isEmpty()) {
            patch.put("$setElementOrder/" + field, order);
            patch.put(field, changes);
        }
    }

    private static Tree find(Tree list, String key, String value) {
        return list.items().stream()
                .filter(item -> item.text(key).equals(value))
                .findFirst()
                .orElse(Tree.NONE);
    }
}
