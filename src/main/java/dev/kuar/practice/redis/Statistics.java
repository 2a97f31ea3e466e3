package dev.kuar.practice.redis;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What a server counts. Guarded by its lock. */
final class Statistics {
    private final Instant started;
    private final Map<String, Long> errors = new TreeMap<>();
    private long connections;
    private long commands;
    private long hits;
    private long misses;
    private long evicted;
    private long failures;
    private long peak;

    Statistics(Instant started) {
        this.started = started;
    }

    Instant started() {
        return started;
    }

    void connected() {
        connections++;
    }

    void commanded() {
        commands++;
    }

    /** Counts a refusal by its first word. */
    void failed(String text) {
        failures++;
        errors.merge(text.split(" ", 2)[0], 1L, Long::sum);
    }

    void looked(boolean found) {
        if (found) {
            hits++;
        } else {
            misses++;
        }
    }

    void evicted() {
        evicted++;
    }

    long peak(long used) {
        peak = Math.max(peak, used);
        return peak;
    }

    long connections() {
        return connections;
    }

    long commands() {
        return commands;
    }

    long hits() {
        return hits;
    }

    long misses() {
        return misses;
    }

    long evictions() {
        return evicted;
    }

    long failures() {
        return failures;
    }

    /** How often each kind of refusal was given; live. */
    Map<String, Long> errors() {
        return errors;
    }

    void reset() {
        errors.clear();
        connections = 0;
        commands = 0;
        hits = 0;
        misses = 0;
        evicted = 0;
        failures = 0;
    }
}
