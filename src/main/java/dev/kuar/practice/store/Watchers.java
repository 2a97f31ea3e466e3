package dev.kuar.practice.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who want to hear of changes, each of a range of keys. What one of them throws harms neither the others nor the write. */
final class Watchers {
    private final CopyOnWriteArrayList<Watcher> watchers = new CopyOnWriteArrayList<>();

    Store.Watch add(String from, String to, Consumer<List<Store.Change>> listener) {
        Watcher watcher = new Watcher(from, to, listener);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    void tell(List<Store.Change> changes) {
        for (Watcher watcher : watchers) {
            watcher.tell(changes);
        }
    }

    void clear() {
        watchers.clear();
    }

    /** Those of {@code changes} whose key lies in {@code [from, to)}. */
    static List<Store.Change> within(List<Store.Change> changes, String from, String to) {
        List<Store.Change> mine = new ArrayList<>();
        for (Store.Change change : changes) {
            if (change.key().compareTo(from) >= 0 && change.key().compareTo(to) < 0) {
                mine.add(change);
            }
        }
        return mine;
    }

    private record Watcher(String from, String to, Consumer<List<Store.Change>> listener) {
        void tell(List<Store.Change> changes) {
            List<Store.Change> mine = within(changes, from, to);
            if (!mine.isEmpty()) {
                try {
                    listener.accept(mine);
                } catch (RuntimeException failed) {
                    System.getLogger(Watchers.class.getName())
                            .log(System.Logger.Level.WARNING, "a watcher of " + from, failed);
                }
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
