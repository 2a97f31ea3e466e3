package dev.kuar.practice.etcdctl;

import java.util.Locale;

/** Values in the words of Go programs. */
final class Go {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Go() {}

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
