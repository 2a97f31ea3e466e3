package dev.kuar.practice.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Those who want to hear of changes, each of a range of keys. What one of them throws harms neither the others nor the write.
 *
 * <p>Most want all keys below a slash: they are found by the beginnings of a key, so that a change costs the same with ten of them as with
 * a thousand.
 */
final class Watchers {
    private final Map<String, List<Watcher>> byPrefix = new ConcurrentHashMap<>();
    private final List<Watcher> others = new CopyOnWriteArrayList<>();

    Store.Watch add(String from, String to, Consumer<List<Store.Change>> listener) {
        Watcher watcher = new Watcher(from, to, listener);
        if (!from.endsWith("/") || !to.equals(Store.prefixEnd(from))) {
            others.add(watcher);
            return () -> others.remove(watcher);
        }
        byPrefix.compute(from, (prefix, known) -> {
            List<Watcher> all = known == null ? new CopyOnWriteArrayList<>() : known;
            all.add(watcher);
            return all;
        });
        return () -> byPrefix.computeIfPresent(from, (prefix, all) -> {
            all.remove(watcher);
            return all.isEmpty() ? null : all;
        });
    }

    /** Tells each of all that is for it, at once and in the order of {@code changes}. */
    void tell(List<Store.Change> changes) {
        Map<Watcher, List<Store.Change>> news = new LinkedHashMap<>();
        for (Store.Change change : changes) {
            String key = change.key();
            for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
                for (Watcher watcher : byPrefix.getOrDefault(key.substring(0, slash + 1), List.of())) {
                    note(watcher, change, news);
                }
            }
            for (Watcher watcher : others) {
                if (isWithin(key, watcher.from(), watcher.to())) {
                    note(watcher, change, news);
                }
            }
        }
        news.forEach(Watcher::tell);
    }

    private static void note(Watcher watcher, Store.Change change, Map<Watcher, List<Store.Change>> news) {
        news.computeIfAbsent(watcher, fresh -> new ArrayList<>()).add(change);
    }

    void clear() {
        byPrefix.clear();
        others.clear();
    }

    /** Those of {@code changes} whose key lies in {@code [from, to)}. */
    static List<Store.Change> within(List<Store.Change> changes, String from, String to) {
        List<Store.Change> mine = new ArrayList<>();
        for (Store.Change change : changes) {
            if (isWithin(change.key(), from, to)) {
                mine.add(change);
            }
        }
        return mine;
    }

    private static boolean isWithin(String key, String from, String to) {
        return key.compareTo(from) >= 0 && key.compareTo(to) < 0;
    }

    /** Each one is another, also where two want the same. */
    private record Watcher(String from, String to, Consumer<List<Store.Change>> listener) {
        void tell(List<Store.Change> mine) {
            try {
                listener.accept(mine);
            } catch (RuntimeException failed) {
                System.getLogger(Watchers.class.getName())
                        .log(System.Logger.Level.WARNING, "a watcher of " + from, failed);
            }
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
