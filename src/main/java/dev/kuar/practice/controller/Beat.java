package dev.kuar.practice.controller;

import java.time.Duration;
import java.time.Instant;

/**
 * The moments at which something is looked at: a first one and then one every period.
 *
 * @param first the first
 * @param period above zero
 */
record Beat(Instant first, Duration period) {
    /** How long it is until the next, zero at one of them. */
    Duration until(Instant now) {
        long since = Duration.between(first, now).toNanos();
        long rest = Math.floorMod(since, period.toNanos());
        return rest == 0 ? Duration.ZERO : period.minusNanos(rest);
    }

    /** The first at or after a moment. */
    Instant after(Instant moment) {
        return moment.plus(until(moment));
    }
}
