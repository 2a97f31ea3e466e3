package dev.kuar.practice.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The histories of all keys: by name, and in key order. Changed by one thread at a time, read by any. */
final class KeyIndex {
    private final Map<String, KeyHistory> byName = new ConcurrentHashMap<>();
    private final NavigableMap<String, KeyHistory> inOrder = new ConcurrentSkipListMap<>();

    @Nullable
    KeyHistory get(String key) {
        return byName.get(key);
    }

    void put(String key, KeyHistory history) {
        inOrder.put(key, history);
        byName.put(key, history);
    }

    void remove(String key) {
        byName.remove(key);
        inOrder.remove(key);
    }

    /** Those of the keys in {@code [from, to)}, in key order; live. */
    Collection<KeyHistory> within(String from, String to) {
        return inOrder.subMap(from, to).values();
    }

    /** In key order; live. */
    Collection<KeyHistory> all() {
        return inOrder.values();
    }

    /** A copy in key order. */
    List<Map.Entry<String, KeyHistory>> entries() {
        return List.copyOf(inOrder.entrySet());
    }
}
