package dev.kuar.practice.schema;

import java.time.Duration;

/** How long ago, in the short form of Kubernetes' tables: {@code 45s}, {@code 3m20s}, {@code 5d3h}. */
public final class HumanDuration {
    private HumanDuration() {}

    public static String of(Duration duration) {
        return ofSeconds(duration.toSeconds());
    }

    /** The same of whole seconds. */
    public static String ofSeconds(long seconds) {
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (hours < 192) {
            return two(hours / 24, "d", hours % 24, "h");
        }
        if (hours < 24 * 365 * 2) {
            return hours / 24 + "d";
        }
        return hours < 24 * 365 * 8 ? two(hours / 24 / 365, "y", hours / 24 % 365, "d") : hours / 24 / 365 + "y";
    }

    private static String two(long much, String unit, long rest, String smaller) {
        return rest == 0 ? much + unit : much + unit + rest + smaller;
    }
}
