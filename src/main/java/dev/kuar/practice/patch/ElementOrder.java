package dev.kuar.practice.patch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The order of a merged list under {@code $setElementOrder}: the patch's own, the server's items where they stood. */
final class ElementOrder {
    private ElementOrder() {}

    /**
     * @param key the merge key; empty for primitives
     * @param merged all items, ordered or not
     * @param patched those that the patch speaks of
     * @param server the list as it was
     * @param wanted the directive; null where the patch has none and its own items say the order
     */
    static List<Object> order(String key, List<?> merged, List<?> patched, List<?> server, @Nullable Object wanted) {
        List<?> order = wanted instanceof List<?> given ? given : patched;
        List<Object> named = new ArrayList<>();
        List<Object> serverOnly = new ArrayList<>();
        for (Object item : merged) {
            boolean isNamed = position(order, key, item) >= 0 || patched.contains(item);
            (isNamed ? named : serverOnly).add(item);
        }
        named.sort(Comparator.comparingInt(item -> {
            int at = position(order, key, item);
            return at < 0 ? Integer.MAX_VALUE : at;
        }));
        serverOnly.sort(Comparator.comparingInt(item -> position(server, key, item)));
        List<Object> result = new ArrayList<>(merged.size());
        int i = 0;
        int j = 0;
        while (i < serverOnly.size() || j < named.size()) {
            if (j >= named.size() || (i < serverOnly.size() && before(serverOnly.get(i), named.get(j), server, key))) {
                result.add(serverOnly.get(i++));
            } else {
                result.add(named.get(j++));
            }
        }
        return result;
    }

    private static boolean before(Object left, Object right, List<?> server, String key) {
        int l = position(server, key, left);
        int r = position(server, key, right);
        return l >= 0 && r >= 0 && l < r;
    }

    private static int position(List<?> list, String key, Object item) {
        Object value = key.isEmpty() ? item : item instanceof Map<?, ?> map ? map.get(key) : null;
        return ListMerge.indexOf(list, key, value);
    }
}
