package dev.kuar.practice.time;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When a cluster slept: spans of wall-clock time in which nobody ran it, oldest first. */
public record Sleeps(List<Span> spans) {
    /** A cluster that never slept. */
    public static final Sleeps NONE = new Sleeps(List.of());

    public Sleeps {
        spans = List.copyOf(spans);
    }

    /** From falling asleep to waking. */
    public record Span(Instant from, Instant to) {}

    /** {@code since} plus {@code wait}, and as much again as was slept in between. */
    Instant due(Instant since, Duration wait) {
        if (since.equals(Instant.MIN) || since.equals(Instant.MAX)) {
            return since;
        }
        Instant due = since.plus(wait);
        for (Span span : spans) {
            Instant from = span.from().isAfter(since) ? span.from() : since;
            if (span.to().isAfter(since) && from.isBefore(due)) {
                due = due.plus(Duration.between(from, span.to()));
            }
        }
        return due;
    }
}
