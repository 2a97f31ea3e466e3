package dev.kuar.practice.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All changes since the last compaction in the order of revisions and parts. Guarded by its owner's lock.
 *
 * <p>They are kept by what kinds begin with too, {@code /registry/pods/} or {@code /registry/services/specs/}: whoever follows
 * one of many kinds doesn't look at the changes of all.
 */
final class ChangeLog {
    private static final int LEAST_SLASHES = 3;
    private static final int MOST_SLASHES = 4;

    private List<Store.Change> changes = new ArrayList<>();
    private final Map<String, List<Store.Change>> byPrefix = new HashMap<>();

    void add(Store.Change change) {
        changes.add(change);
        index(change);
    }

    private void index(Store.Change change) {
        String key = change.key();
        int slashes = 0;
        for (int slash = key.indexOf('/'); slash >= 0 && slashes < MOST_SLASHES; slash = key.indexOf('/', slash + 1)) {
            slashes++;
            if (slashes >= LEAST_SLASHES) {
                byPrefix.computeIfAbsent(key.substring(0, slash + 1), fresh -> new ArrayList<>())
                        .add(change);
            }
        }
    }

    /** Changes of keys in {@code [from, to)} with a revision above {@code revision}, oldest first. */
    List<Store.Change> within(String from, String to, long revision) {
        return isIndexed(from, to)
                ? new ArrayList<>(after(byPrefix.getOrDefault(from, List.of()), revision))
                : Watchers.within(after(changes, revision), from, to);
    }

    private static boolean isIndexed(String from, String to) {
        long slashes = from.chars().filter(each -> each == '/').count();
        return from.endsWith("/")
                && slashes >= LEAST_SLASHES
                && slashes <= MOST_SLASHES
                && to.equals(Store.prefixEnd(from));
    }

    /** Those of {@code some} with a revision above {@code revision}; a live view. */
    private static List<Store.Change> after(List<Store.Change> some, long revision) {
        int from = 0;
        int end = some.size();
        while (from < end) {
            int middle = (from + end) >>> 1;
            if (some.get(middle).revision() > revision) {
                end = middle;
            } else {
                from = middle + 1;
            }
        }
        return some.subList(from, some.size());
    }

    void dropUpTo(long revision) {
        changes = new ArrayList<>(after(changes, revision));
        byPrefix.clear();
        changes.forEach(this::index);
    }
}
