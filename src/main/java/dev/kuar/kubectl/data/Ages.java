package dev.kuar.kubectl.data;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Moments and durations in kubectl's short forms. */
public final class Ages {
    private Ages() {}

    /** For instance {@code 3d4h}, {@code 5m12s}; two units at most. */
    public static String human(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        long minutes = seconds / 60;
        long hours = minutes / 60;
        long days = hours / 24;
        if (seconds < 120) {
            return seconds + "s";
        } else if (minutes < 10) {
            return pair(minutes, "m", seconds % 60, "s");
        } else if (minutes < 180) {
            return minutes + "m";
        } else if (hours < 8) {
            return pair(hours, "h", minutes % 60, "m");
        } else if (hours < 48) {
            return hours + "h";
        } else if (hours < 192) {
            return pair(days, "d", hours % 24, "h");
        } else if (days < 730) {
            return days + "d";
        } else if (days < 2920) {
            return pair(days / 365, "y", days % 365, "d");
        }
        return days / 365 + "y";
    }

    private static String pair(long big, String bigUnit, long small, String smallUnit) {
        return big + bigUnit + (small == 0 ? "" : small + smallUnit);
    }

    /** The age of a timestamp; {@code <unknown>} for an absent one. */
    public static String since(String timestamp, Clock clock) {
        if (timestamp.isEmpty()) {
            return "<unknown>";
        }
        try {
            return human(Duration.between(Instant.parse(timestamp), clock.instant()));
        } catch (DateTimeParseException malformed) {
            return "<unknown>";
        }
    }

    /** A timestamp as describe shows it: RFC 1123 with a numeric zone. */
    public static String longForm(String timestamp, Clock clock) {
        try {
            return java.time.format.DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", java.util.Locale.ENGLISH)
                    .format(Instant.parse(timestamp).atZone(clock.getZone()));
        } catch (DateTimeParseException malformed) {
            return timestamp;
        }
    }
}
