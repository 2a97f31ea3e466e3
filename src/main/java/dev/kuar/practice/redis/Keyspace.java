package dev.kuar.practice.redis;

import dev.kuar.practice.time.ClusterClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The databases of a server: keys with their values and ends of life. Guarded by the server's lock. */
final class Keyspace {
    private static final long ENTRY = 72;

    private final ClusterClock clock;
    private final List<Map<String, Entry>> databases = new ArrayList<>();
    private final Map<Address, Set<Runnable>> watches = new HashMap<>();
    private long bytes;
    private long changes;
    private long used;
    private long expired;

    Keyspace(ClusterClock clock, int count) {
        this.clock = clock;
        for (int i = 0; i < count; i++) {
            databases.add(new LinkedHashMap<>());
        }
    }

    /** A value, when it ends (milliseconds since 1970; 0 for never), and when it was last used. */
    static final class Entry {
        final Object value;
        long end;
        private long size;
        private long used;
        private long uses;

        Entry(Object value) {
            this.value = value;
        }

        /** Greater for what was used later. */
        long used() {
            return used;
        }

        /** How often it was used. */
        long uses() {
            return uses;
        }
    }

    private record Address(int database, String key) {}

    int count() {
        return databases.size();
    }

    long now() {
        return clock.now().toEpochMilli();
    }

    /** How many changes there have been. */
    long changes() {
        return changes;
    }

    /** Says that something changed that is no key. */
    void changed() {
        changes++;
    }

    /** How many keys have come to their end of life. */
    long expired() {
        return expired;
    }

    /** About what keys and values take, in bytes. */
    long bytes() {
        return bytes;
    }

    @Nullable
    Entry entry(int database, String key) {
        Entry entry = databases.get(database).get(key);
        if (entry != null && entry.end > 0 && entry.end <= now()) {
            drop(database, key);
            expired++;
            return null;
        }
        if (entry != null) {
            entry.used = ++used;
            entry.uses++;
        }
        return entry;
    }

    @Nullable
    Object get(int database, String key) {
        Entry entry = entry(database, key);
        return entry == null ? null : entry.value;
    }

    /** Puts a value that never ends. */
    Entry put(int database, String key, Object value) {
        drop(database, key);
        Entry entry = new Entry(value);
        entry.used = ++used;
        databases.get(database).put(key, entry);
        touch(database, key);
        return entry;
    }

    /** Takes note of a change within a value; one that is empty by now is removed. */
    void touch(int database, String key) {
        changes++;
        Entry entry = databases.get(database).get(key);
        if (entry != null && isEmpty(entry.value)) {
            drop(database, key);
        } else if (entry != null) {
            long size = ENTRY + key.length() + size(entry.value);
            bytes += size - entry.size;
            entry.size = size;
        }
        Set<Runnable> watching = watches.remove(new Address(database, key));
        if (watching != null) {
            watching.forEach(Runnable::run);
        }
    }

    boolean remove(int database, String key) {
        if (entry(database, key) == null) {
            return false;
        }
        drop(database, key);
        touch(database, key);
        return true;
    }

    private void drop(int database, String key) {
        Entry entry = databases.get(database).remove(key);
        if (entry != null) {
            bytes -= entry.size;
        }
    }

    /** Those that live, oldest first; a copy. */
    List<String> keys(int database) {
        List<String> ended = new ArrayList<>();
        long now = now();
        databases.get(database).forEach((key, entry) -> {
            if (entry.end > 0 && entry.end <= now) {
                ended.add(key);
            }
        });
        ended.forEach(key -> drop(database, key));
        expired += ended.size();
        return new ArrayList<>(databases.get(database).keySet());
    }

    /** The keys with their entries, unswept; live. */
    Map<String, Entry> entries(int database) {
        return databases.get(database);
    }

    void clear(int database) {
        List.copyOf(databases.get(database).keySet()).forEach(key -> {
            drop(database, key);
            touch(database, key);
        });
        changes++;
    }

    void swap(int one, int other) {
        Map<String, Entry> kept = databases.get(one);
        databases.set(one, databases.get(other));
        databases.set(other, kept);
        changes++;
    }

    /** Runs {@code action} once when the key is next written. */
    void watch(int database, String key, Runnable action) {
        watches.computeIfAbsent(new Address(database, key), none -> new HashSet<>())
                .add(action);
    }

    void unwatch(Runnable action) {
        watches.values().forEach(each -> each.remove(action));
        watches.values().removeIf(Set::isEmpty);
    }

    private static boolean isEmpty(Object value) {
        return value instanceof Collection<?> many && many.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty()
                || value instanceof SortedMembers sorted && sorted.size() == 0;
    }

    /** Of many values the first stands for all. */
    private static long size(Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof Collection<?> many) {
            return many.size() * (24L + String.valueOf(many.iterator().next()).length());
        }
        if (value instanceof Map<?, ?> map) {
            Map.Entry<?, ?> first = map.entrySet().iterator().next();
            return map.size()
                    * (48L
                            + String.valueOf(first.getKey()).length()
                            + String.valueOf(first.getValue()).length());
        }
        return value instanceof SortedMembers sorted ? sorted.size() * 96L : 0;
    }

    static String type(@Nullable Object value) {
        if (value == null) {
            return "none";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof SortedMembers) {
            return "zset";
        }
        return value instanceof Map ? "hash" : value instanceof Set ? "set" : "list";
    }
}
