package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a cron job have come due and were not started. Models {@code mostRecentScheduleTime} of Kubernetes 1.36: how
 * many there were is told from the distance of the first two.
 *
 * @param earliest the last run, or when the cron job was made
 * @param mostRecent the last that is due; null where none is
 * @param count none, some, or more than can be right
 */
record MissedRuns(Instant earliest, @Nullable Instant mostRecent, Count count) {
    private static final int MANY = 100;

    enum Count {
        NONE,
        FEW,
        MANY
    }

    /** A line in which no time fits. */
    static final class NeverFires extends Exception {
        private static final long serialVersionUID = 1L;

        NeverFires() {
            super("time difference between two schedules is less than 1 second");
        }
    }

    /** @param byDeadline whether runs before the deadline for starting count no more */
    static MissedRuns of(KubeObject cron, CronSchedule schedule, ZoneId zone, Instant now, boolean byDeadline)
            throws NeverFires {
        String last = cron.text("status", "lastScheduleTime");
        Instant earliest = last.isEmpty() ? PodState.created(cron) : PodState.time(last);
        if (byDeadline && cron.at("spec", "startingDeadlineSeconds") instanceof Number deadline) {
            Instant floor = now.minusSeconds(deadline.longValue());
            earliest = floor.isAfter(earliest) ? floor : earliest;
        }
        Instant first = next(schedule, zone, earliest).orElseThrow(NeverFires::new);
        if (now.isBefore(first)) {
            return new MissedRuns(earliest, null, Count.NONE);
        }
        Instant second = next(schedule, zone, first).orElseThrow(NeverFires::new);
        if (now.isBefore(second)) {
            return new MissedRuns(earliest, first, Count.NONE);
        }
        long distance = Math.round(Duration.between(first, second).toMillis() / 1000.0);
        if (distance < 1) {
            throw new NeverFires();
        }
        long missed = Duration.between(first, now).toSeconds() / distance + 1;
        Instant recent = null;
        Instant at = first.plusSeconds((missed - 2) * distance);
        for (Optional<Instant> next = next(schedule, zone, at);
                next.isPresent() && !next.get().isAfter(now);
                next = next(schedule, zone, next.get())) {
            recent = next.get();
        }
        return new MissedRuns(earliest, recent, missed > MANY ? Count.MANY : Count.FEW);
    }

    static Optional<Instant> next(CronSchedule schedule, ZoneId zone, Instant after) {
        return schedule.next(after.atZone(zone)).map(java.time.ZonedDateTime::toInstant);
    }
}
