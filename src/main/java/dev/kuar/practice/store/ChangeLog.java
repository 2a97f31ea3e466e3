package dev.kuar.practice.store;

import java.util.ArrayList;
import java.util.List;

/** All changes since the last compaction in the order of revisions and parts. Guarded by its owner's lock. */
final class ChangeLog {
    private List<Store.Change> changes = new ArrayList<>();

    void add(Store.Change change) {
        changes.add(change);
    }

    /** Changes with a revision above {@code revision}, oldest first; a live view. */
    List<Store.Change> after(long revision) {
        int from = 0;
        int end = changes.size();
        while (from < end) {
            int middle = (from + end) >>> 1;
            if (changes.get(middle).revision() > revision) {
                end = middle;
            } else {
                from = middle + 1;
            }
        }
        return changes.subList(from, changes.size());
    }

    void dropUpTo(long revision) {
        changes = new ArrayList<>(after(revision));
    }
}
