package dev.kuar.practice.cel;

import dev.kuar.practice.object.GoDuration;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as validation reads the format {@code duration}. */
final class LooseDuration {
    private static final Pattern PART = Pattern.compile("(\\d+)\\s*([A-Za-zµ]+)");

    private LooseDuration() {}

    /** As Go reads them, and also {@code 3 days}, {@code 2 weeks}, {@code 1 hour 5 minutes}; null where the text is none. */
    static @Nullable Duration read(String text) {
        Optional<Duration> exact = GoDuration.find(text);
        if (exact.isPresent()) {
            return exact.get();
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        boolean found = false;
        while (part.find()) {
            Duration unit = unit(part.group(2).toLowerCase(Locale.ROOT));
            if (unit != null && part.group(1).length() < 10) {
                sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
                found = true;
            }
        }
        return found ? sum : null;
    }

    private static @Nullable Duration unit(String name) {
        if (name.equals("ns") || name.startsWith("nano")) {
            return Duration.ofNanos(1);
        } else if (name.equals("us") || name.equals("µs") || name.startsWith("micro")) {
            return Duration.ofNanos(1_000);
        } else if (name.equals("ms") || name.startsWith("milli")) {
            return Duration.ofMillis(1);
        } else if (name.equals("s") || name.startsWith("sec")) {
            return Duration.ofSeconds(1);
        } else if (name.equals("m") || name.startsWith("min")) {
            return Duration.ofMinutes(1);
        } else if (name.equals("h") || name.equals("hr") || name.startsWith("hour")) {
            return Duration.ofHours(1);
        } else if (name.equals("d") || name.startsWith("day")) {
            return Duration.ofDays(1);
        }
        return name.equals("w") || name.equals("wk") || name.startsWith("week") ? Duration.ofDays(7) : null;
    }
}
