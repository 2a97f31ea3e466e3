package dev.kuar;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The clock of the tools on a stage, whose time passes as fast as that of the stage's clusters. Time never jumps: a clock that
 * has run ahead stays ahead.
 */
final class StageClock extends Clock {
    private final Clock wall;
    private Instant from;
    private Instant since;
    private double speed = 1;

    StageClock(Clock wall) {
        this.wall = wall;
        this.since = wall.instant();
        this.from = since;
    }

    /** From now on {@code faster} seconds of this clock pass in one of the wall clock. */
    synchronized void runAt(double faster) {
        from = instant();
        since = wall.instant();
        speed = faster;
    }

    @Override
    public synchronized Instant instant() {
        return from.plusNanos((long) (Duration.between(since, wall.instant()).toNanos() * speed));
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new InZone(this, zone);
    }

    /** The same clock elsewhere on Earth. */
    private static final class InZone extends Clock {
        private final Clock clock;
        private final ZoneId zone;

        InZone(Clock clock, ZoneId zone) {
            this.clock = clock;
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new InZone(clock, other);
        }
    }
}
