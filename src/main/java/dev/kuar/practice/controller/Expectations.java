package dev.kuar.practice.controller;

import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a controller has done that its informer has not shown yet; until it has, the controller must not count.
 *
 * <p>Thread-safe. What is not seen within five minutes is forgotten.
 */
final class Expectations {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ClusterClock clock;
    private final Map<Key, Open> open = new HashMap<>();

    private static final class Open {
        private int creations;
        private final Set<String> deletions = new HashSet<>();
        private Instant since = Instant.MIN;
    }

    Expectations(ClusterClock clock) {
        this.clock = clock;
    }

    synchronized void expectCreation(Key owner) {
        entry(owner).creations++;
    }

    /** A creation was seen, or failed. */
    synchronized void created(Key owner) {
        Open entry = open.get(owner);
        if (entry != null && entry.creations > 0) {
            entry.creations--;
            tidy(owner, entry);
        }
    }

    synchronized void expectDeletion(Key owner, String uid) {
        entry(owner).deletions.add(uid);
    }

    /** A deletion was seen to begin, or failed. */
    synchronized void deleted(Key owner, String uid) {
        Open entry = open.get(owner);
        if (entry != null && entry.deletions.remove(uid)) {
            tidy(owner, entry);
        }
    }

    /** The owner is gone. */
    synchronized void forget(Key owner) {
        open.remove(owner);
    }

    synchronized boolean satisfied(Key owner) {
        Open entry = open.get(owner);
        if (entry != null && Duration.between(entry.since, clock.now()).compareTo(PATIENCE) > 0) {
            open.remove(owner);
            return true;
        }
        return entry == null;
    }

    private Open entry(Key owner) {
        Open entry = open.computeIfAbsent(owner, key -> new Open());
        entry.since = clock.now();
        return entry;
    }

    private void tidy(Key owner, Open entry) {
        if (entry.creations == 0 && entry.deletions.isEmpty()) {
            open.remove(owner);
        }
    }
}
