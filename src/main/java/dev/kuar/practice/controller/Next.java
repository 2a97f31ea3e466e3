package dev.kuar.practice.controller;

import java.time.Duration;
import java.time.Instant;

/**
 * When a reconciler wants to see a key again, if nothing changes before.
 *
 * @param after negative for never
 */
record Next(Duration after) {
    /** Only when something changes. */
    static final Next ON_CHANGE = new Next(Duration.ofSeconds(-1));

    static Next after(Duration delay) {
        return new Next(delay.isNegative() ? Duration.ZERO : delay);
    }

    static Next at(Instant when, Instant now) {
        return after(Duration.between(now, when));
    }

    /** Whichever comes first. */
    Next or(Next other) {
        if (after.isNegative()) {
            return other;
        }
        return other.after.isNegative() || after.compareTo(other.after) <= 0 ? this : other;
    }
}
