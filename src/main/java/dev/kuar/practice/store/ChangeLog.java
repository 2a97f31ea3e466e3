package dev.kuar.practice.store;

import java.util.ArrayList;
import java.util.List;

/** All changes since the last compaction by revision; one change a revision, without gaps. Guarded by its owner's lock. */
final class ChangeLog {
    private List<Store.Change> changes = new ArrayList<>();
    private long first;

    ChangeLog(long firstRevision) {
        first = firstRevision;
    }

    void add(Store.Change change) {
        changes.add(change);
    }

    /** Changes with a revision above {@code revision}, oldest first; a live view. */
    List<Store.Change> after(long revision) {
        int from = (int) Math.min(changes.size(), Math.max(0, revision + 1 - first));
        return changes.subList(from, changes.size());
    }

    void dropUpTo(long revision) {
        changes = new ArrayList<>(after(revision));
        first = Math.max(first, revision + 1);
    }
}
