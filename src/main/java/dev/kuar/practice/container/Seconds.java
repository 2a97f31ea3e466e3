package dev.kuar.practice.container;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times on command lines: seconds, or what a letter says. */
final class Seconds {
    private static final Pattern FORM = Pattern.compile("(\\d*\\.?\\d+)([smhd]?)");
    private static final double MOST_NANOS = 9e18;

    private Seconds() {}

    /** From {@code 5}, {@code 0.5}, {@code 5m}; empty where it is no time. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double unit =
                switch (matcher.group(2)) {
                    case "m" -> 60;
                    case "h" -> 3600;
                    case "d" -> 86400;
                    default -> 1;
                };
        double nanos = Double.parseDouble(matcher.group(1)) * unit * 1e9;
        return Optional.of(Duration.ofNanos((long) Math.min(nanos, MOST_NANOS)));
    }
}
