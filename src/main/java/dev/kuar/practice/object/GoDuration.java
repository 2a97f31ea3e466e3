package dev.kuar.practice.object;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes and reads them: {@code 1h30m}, {@code -1.5s}, {@code 0}. Source: {@code time.ParseDuration} of Go. */
public final class GoDuration {
    private static final Pattern PIECE = Pattern.compile("(\\d*)(?:\\.(\\d*))?([^.\\d]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "\u00b5s",
            1_000L,
            "\u03bcs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);

    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(Long.SIZE - 1);
    private static final int MOST_DIGITS = 19;

    private GoDuration() {}

    /** A text that is no duration, with what Go says of it: {@code time: invalid duration "x"}. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        private Invalid(String why) {
            super("time: " + why);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** The duration that a text says; empty where it is none. */
    public static Optional<Duration> find(String text) {
        try {
            return Optional.of(parse(text));
        } catch (Invalid none) {
            return Optional.empty();
        }
    }

    /** The duration that a text says. */
    public static Duration parse(String text) throws Invalid {
        boolean negative = text.startsWith("-");
        String left = negative || text.startsWith("+") ? text.substring(1) : text;
        if (left.equals("0")) {
            return Duration.ZERO;
        }
        if (left.isEmpty()) {
            throw invalid(text);
        }
        BigInteger nanos = BigInteger.ZERO;
        while (!left.isEmpty()) {
            Matcher piece = PIECE.matcher(left);
            if (!piece.lookingAt()) {
                throw invalid(text);
            }
            nanos = nanos.add(nanos(text, piece));
            if (nanos.compareTo(MOST) > 0) {
                throw invalid(text);
            }
            left = left.substring(piece.end());
        }
        if (!negative && nanos.equals(MOST)) {
            throw invalid(text);
        }
        return Duration.ofNanos((negative ? nanos.negate() : nanos).longValue());
    }

    private static BigInteger nanos(String text, Matcher piece) throws Invalid {
        String whole = piece.group(1);
        String fraction = piece.group(2) == null ? "" : piece.group(2);
        if (whole.isEmpty() && fraction.isEmpty()) {
            throw invalid(text);
        }
        String count = whole.replaceFirst("^0+", "");
        if (count.length() > MOST_DIGITS) {
            throw invalid(text);
        }
        String unit = piece.group(3);
        if (unit.isEmpty()) {
            throw new Invalid("missing unit in duration " + JsonWriter.text(text));
        }
        Long size = UNITS.get(unit);
        if (size == null) {
            throw new Invalid("unknown unit " + JsonWriter.text(unit) + " in duration " + JsonWriter.text(text));
        }
        return new BigInteger("0" + count)
                .multiply(BigInteger.valueOf(size))
                .add(BigInteger.valueOf(part(fraction, size)));
    }

    /** A fraction of a unit, of as many digits as fit a number and as exact as Go's: {@code 0.3333333333333333333h} is 20 minutes. */
    private static long part(String fraction, long unit) {
        long count = 0;
        double scale = 1;
        for (int i = 0; i < fraction.length() && count <= (Long.MAX_VALUE - 9) / 10; i++) {
            count = count * 10 + (fraction.charAt(i) - '0');
            scale *= 10;
        }
        return (long) (count * (unit / scale));
    }

    private static Invalid invalid(String text) {
        return new Invalid("invalid duration " + JsonWriter.text(text));
    }

    /** As {@code time.Duration} prints itself: {@code 1.4286ms}, {@code 1.115039687s}, {@code 1m5s}; none is negative. */
    public static String format(Duration time) {
        long nanos = time.toNanos();
        if (nanos < 1_000) {
            return nanos == 0 ? "0s" : nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return plain(nanos, 3) + "\u00b5s";
        }
        if (nanos < 1_000_000_000) {
            return plain(nanos, 6) + "ms";
        }
        long minutes = time.toMinutes();
        String seconds = plain(nanos - minutes * 60_000_000_000L, 9) + "s";
        return minutes == 0
                ? seconds
                : time.toHours() > 0 ? time.toHours() + "h" + minutes % 60 + "m" + seconds : minutes + "m" + seconds;
    }

    private static String plain(long value, int scale) {
        BigDecimal number = BigDecimal.valueOf(value, scale).stripTrailingZeros();
        return number.signum() == 0 ? "0" : number.toPlainString();
    }
}
