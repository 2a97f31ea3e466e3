package dev.kuar.kubectl.data;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1h30m}, {@code 300ms}, {@code -5s}. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]+|[0-9]+\\.)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> NANOS =
            Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);

    private GoDuration() {}

    /** @throws ParseException with Go's words when the text is no duration */
    public static Duration parse(String text) {
        if ("0".equals(text)) {
            return Duration.ZERO;
        }
        String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        Matcher part = PART.matcher(rest);
        double nanos = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos += Double.parseDouble(part.group(1)) * NANOS.getOrDefault(part.group(2), 1.0);
            end = part.end();
        }
        if (rest.isEmpty() || end != rest.length()) {
            String problem = rest.matches("[0-9.]+") ? "missing unit in duration " : "invalid duration ";
            throw new ParseException("time: " + problem + Json.quote(text));
        }
        return Duration.ofNanos((long) (text.startsWith("-") ? -nanos : nanos));
    }

    /** Go's {@code Duration.String()}, for instance {@code 1m0s}, {@code 1.5s}, {@code 100ms}. */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        nanos = Math.abs(nanos);
        if (nanos < 1_000_000_000L) {
            return sign
                    + (nanos < 1_000
                            ? nanos + "ns"
                            : nanos < 1_000_000 ? Json.number(nanos / 1e3) + "µs" : Json.number(nanos / 1e6) + "ms");
        }
        long hours = nanos / 3_600_000_000_000L;
        long minutes = nanos / 60_000_000_000L % 60;
        double seconds = nanos % 60_000_000_000L / 1e9;
        return sign
                + (hours > 0 ? hours + "h" : "")
                + (hours > 0 || minutes > 0 ? minutes + "m" : "")
                + Json.number(seconds)
                + "s";
    }
}
