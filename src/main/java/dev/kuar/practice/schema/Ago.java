package dev.kuar.practice.schema;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * What a cell says of a moment in the past: {@code 45s}, or with words around it {@code 3 (45s ago)}. All of a row that
 * changes while its object does not.
 */
public record Ago(String before, Instant since, String after) {
    private static final String UNKNOWN = "<unknown>";

    /** How long ago {@code time} was; a text where there is none, or none that can be read. */
    static Object of(String time) {
        return of("", time, "");
    }

    static Object of(String before, String time, String after) {
        try {
            return time.isEmpty() ? before + UNKNOWN + after : new Ago(before, Instant.parse(time), after);
        } catch (DateTimeException unreadable) {
            return before + UNKNOWN + after;
        }
    }

    /** The whole seconds that have passed; below 0 where the moment is to come. */
    public long secondsAt(Instant now) {
        return now.getEpochSecond() - since.getEpochSecond() - (now.getNano() < since.getNano() ? 1 : 0);
    }

    /** What the cell says at {@code now}. */
    public String at(Instant now) {
        return before + HumanDuration.ofSeconds(secondsAt(now)) + after;
    }
}
