package dev.kuar.awk;

import java.util.Map;
import java.util.regex.PatternSyntaxException;

/** A bracket expression, {@code [^a-z[:digit:]]}, as Java writes it. */
final class Bracket {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("alpha", "\\p{IsAlphabetic}"),
            Map.entry("digit", "0-9"),
            Map.entry("alnum", "\\p{IsAlphabetic}\\p{IsDigit}"),
            Map.entry("upper", "\\p{IsUppercase}"),
            Map.entry("lower", "\\p{IsLowercase}"),
            Map.entry("space", "\\x{9}-\\x{d} "),
            Map.entry("blank", " \\t"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("print", "\\P{Cntrl}"),
            Map.entry("graph", "\\p{Graph}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("xdigit", "0-9A-Fa-f"));

    private Bracket() {}

    /** The index behind the bracket that opens at {@code open}. */
    static int end(String source, int open) {
        int i = open + 1;
        if (i < source.length() && source.charAt(i) == '^') {
            i++;
        }
        boolean first = true;
        for (; i < source.length(); i++, first = false) {
            char c = source.charAt(i);
            if (c == ']' && !first) {
                return i + 1;
            }
            if (c == '\\') {
                i++;
            } else if (c == '[' && i + 1 < source.length() && ":.=".indexOf(source.charAt(i + 1)) >= 0) {
                int close = source.indexOf(source.charAt(i + 1) + "]", i + 2);
                i = close < 0 ? i : close + 1;
            }
        }
        throw new PatternSyntaxException("missing ']'", source, open);
    }

    /** @param set with its brackets */
    static String java(String set, String source) {
        boolean not = set.startsWith("[^");
        StringBuilder out = new StringBuilder(not ? "[^" : "[");
        int end = set.length() - 1;
        int i = not ? 2 : 1;
        while (i < end) {
            char c = set.charAt(i);
            int close = c == '[' && set.startsWith("[:", i) ? set.indexOf(":]", i) : -1;
            if (close > 0) {
                String known = CLASSES.get(set.substring(i + 2, close));
                if (known == null) {
                    throw new PatternSyntaxException("unknown class", source, i);
                }
                out.append(known);
                i = close + 2;
                continue;
            }
            int length = c == '\\' && i + 1 < end ? 2 : 1;
            char from = character(set, i, length);
            i += length;
            if (i + 1 < end && set.charAt(i) == '-') {
                int width = set.charAt(i + 1) == '\\' && i + 2 < end ? 2 : 1;
                char to = character(set, i + 1, width);
                if (to < from) {
                    throw new PatternSyntaxException("Invalid range end", source, i);
                }
                out.append(quoted(from)).append('-').append(quoted(to));
                i += 1 + width;
            } else {
                out.append(quoted(from));
            }
        }
        return out.append(']').toString();
    }

    private static char character(String set, int at, int length) {
        if (length == 1) {
            return set.charAt(at);
        }
        int plain = Escapes.plain(set.charAt(at + 1));
        return plain >= 0 ? (char) plain : set.charAt(at + 1);
    }

    private static String quoted(char c) {
        return c < 128 && !Character.isLetterOrDigit(c) ? String.format("\\x%02x", (int) c) : String.valueOf(c);
    }
}
