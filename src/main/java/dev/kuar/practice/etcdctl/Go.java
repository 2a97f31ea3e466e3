package dev.kuar.practice.etcdctl;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Values in the words of Go programs. */
final class Go {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Go() {}

    /** As {@code time.Duration} prints itself: {@code 1.4286ms}, {@code 1.115039687s}, {@code 1m5s}. */
    static String duration(Duration time) {
        long nanos = time.toNanos();
        if (nanos < 1_000) {
            return nanos == 0 ? "0s" : nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return plain(nanos, 3) + "µs";
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

    /** As {@code time.ParseDuration} reads it; the default of a command where it can't be read. */
    static Duration parse(String text) {
        java.util.regex.Matcher each =
                java.util.regex.Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)").matcher(text);
        long millis = 0;
        boolean any = false;
        while (each.find()) {
            any = true;
            double unit =
                    switch (each.group(2)) {
                        case "ms" -> 1;
                        case "s" -> 1_000;
                        case "m" -> 60_000;
                        default -> 3_600_000;
                    };
            millis += Math.round(Double.parseDouble(each.group(1)) * unit);
        }
        return any ? Duration.ofMillis(millis) : Duration.ofSeconds(5);
    }

    /** A size in steps of a thousand: {@code 20 kB}, {@code 1.3 MB}. */
    static String bytes(long size) {
        if (size < 10) {
            return size + " B";
        }
        int step = 0;
        double value = size;
        while (value >= 1000 && step < UNITS.length - 1) {
            value /= 1000;
            step++;
        }
        double rounded = Math.floor(value * 10 + 0.5) / 10;
        return String.format(Locale.ROOT, rounded < 10 ? "%.1f %s" : "%.0f %s", rounded, UNITS[step]);
    }

    /** Bytes as {@code --hex} shows them. */
    static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append(String.format(Locale.ROOT, "\\x%02x", each));
        }
        return text.toString();
    }

    /** Bytes as {@code %q} shows them. */
    static String quoted(byte[] bytes) {
        String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                case 0xfffd -> quoted.append("\\ufffd");
                default -> {
                    if (c < 32 || c == 127) {
                        quoted.append(String.format(Locale.ROOT, "\\x%02x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
