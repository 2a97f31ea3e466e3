package dev.kuar.practice.container;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The backslash escapes of {@code echo}, {@code printf} and {@code $'…'}, each a little different in each shell. */
enum Escapes {
    ECHO_DASH(true, true, false, false, false, true),
    ECHO_BASH(false, true, true, true, true, true),
    ECHO_ASH(true, true, true, false, false, true),
    FORMAT_DASH(true, false, false, false, false, false),
    FORMAT_BASH(true, false, true, true, true, false),
    FORMAT_ASH(true, false, true, false, false, true),
    /** The argument of {@code %b} in bash. */
    ARGUMENT_BASH(true, true, true, true, true, true),
    QUOTED_BASH(true, false, true, true, true, false),
    QUOTED_ASH(true, false, true, false, false, false);

    private final boolean octal;
    private final boolean zero;
    private final boolean hex;
    private final boolean unicode;
    private final boolean bigE;
    private final boolean stops;

    /**
     * @param octal whether {@code \101} counts
     * @param zero whether {@code \0101} is of three figures behind the 0
     * @param hex whether {@code \x41} counts
     * @param unicode whether four figures count behind a backslash and a u
     * @param bigE whether {@code \E} is an escape too
     * @param stops whether {@code \c} ends it all
     */
    Escapes(boolean octal, boolean zero, boolean hex, boolean unicode, boolean bigE, boolean stops) {
        this.octal = octal;
        this.zero = zero;
        this.hex = hex;
        this.unicode = unicode;
        this.bigE = bigE;
        this.stops = stops;
    }

    /** What a text stands for, and whether it is the end of all that is printed. */
    record Read(String text, boolean stopped) {}

    Read read(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 >= text.length()) {
                int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
                out.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
                continue;
            }
            if (stops && text.charAt(i + 1) == 'c') {
                return new Read(out.toString(StandardCharsets.UTF_8), true);
            }
            i = one(text, i + 1, out);
        }
        return new Read(out.toString(StandardCharsets.UTF_8), false);
    }

    private int one(String text, int i, ByteArrayOutputStream out) {
        char c = text.charAt(i);
        boolean quoted = this == QUOTED_BASH || this == QUOTED_ASH;
        int plain = "abfnrtv\\".indexOf(c);
        if (plain >= 0) {
            out.write("\u0007\b\f\n\r\t\u000b\\".charAt(plain));
            return i + 1;
        }
        if (c == 'e' || c == 'E' && bigE) {
            out.write(27);
            return i + 1;
        }
        if (c >= '0' && c <= '7' && (octal || c == '0')) {
            return number(text, i, c == '0' && zero ? 4 : 3, 8, out);
        }
        if (hex && c == 'x' && Character.digit(i + 1 < text.length() ? text.charAt(i + 1) : ' ', 16) >= 0) {
            return number(text, i + 1, 2, 16, out);
        }
        if (unicode && (c == 'u' || c == 'U') && i + 1 < text.length()) {
            int end = i + 1;
            while (end < text.length() && end < i + (c == 'u' ? 5 : 9) && Character.digit(text.charAt(end), 16) >= 0) {
                end++;
            }
            if (end > i + 1) {
                int point = Integer.parseUnsignedInt(text.substring(i + 1, end), 16);
                // What is beyond ASCII stays an escape where no locale is set.
                String shown = point >= 0 && point < 128
                        ? String.valueOf((char) point)
                        : String.format(point >>> 16 == 0 ? "\\u%04X" : "\\U%08X", point);
                out.writeBytes(shown.getBytes(StandardCharsets.UTF_8));
                return end;
            }
        }
        if (quoted && "'\"?".indexOf(c) >= 0 || this == FORMAT_BASH && (c == '"' || c == '\'')) {
            out.write(c);
            return i + 1;
        }
        out.write('\\');
        out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        return i + 1;
    }

    private static int number(String text, int from, int most, int base, ByteArrayOutputStream out) {
        int value = 0;
        int i = from;
        while (i < text.length() && i < from + most && Character.digit(text.charAt(i), base) >= 0) {
            value = value * base + Character.digit(text.charAt(i++), base);
        }
        out.write(value);
        return i;
    }
}
