package dev.kuar.practice.cel;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A list of type {@code set} or {@code map} in a rule: it is the same in any order, and what is added to it takes the place
 * of what it already has.
 *
 * @see #keys what tells items of a map apart, as rules call the fields; empty for a set
 */
final class KeyedList extends AbstractList<Object> {
    private final List<Object> items;
    private final List<String> keys;

    KeyedList(List<Object> items, List<String> keys) {
        this.items = items;
        this.keys = keys;
    }

    @Override
    public Object get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }

    private int find(Object item) {
        for (int i = 0; i < items.size(); i++) {
            Object own = items.get(i);
            boolean same = keys.isEmpty()
                    ? Sameness.same(own, item)
                    : own instanceof Map<?, ?> one
                            && item instanceof Map<?, ?> other
                            && keys.stream().allMatch(key -> Sameness.same(one.get(key), other.get(key)));
            if (same) {
                return i;
            }
        }
        return -1;
    }

    /** Whether {@code other} has the same items, in whatever order. */
    boolean same(List<?> other) {
        if (other.size() != size()) {
            return false;
        }
        for (Object each : other) {
            int at = find(each);
            if (at < 0 || !Sameness.same(items.get(at), each)) {
                return false;
            }
        }
        return true;
    }

    /** This list, with items of {@code more}: in the place of those that they replace, else at the end. */
    KeyedList plus(List<?> more) {
        List<Object> all = new ArrayList<>(items);
        KeyedList joined = new KeyedList(all, keys);
        for (Object each : more) {
            int at = joined.find(each);
            if (at < 0) {
                all.add(each);
            } else {
                all.set(at, each);
            }
        }
        return joined;
    }
}
