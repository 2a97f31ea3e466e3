package dev.kuar.practice.container;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sets of {@code tr}, {@code a-z[:digit:]\n[x*]}, as all their bytes. */
final class TrSet {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("alpha", "AZaz"),
            Map.entry("digit", "09"),
            Map.entry("alnum", "09AZaz"),
            Map.entry("upper", "AZ"),
            Map.entry("lower", "az"),
            Map.entry("space", "\t\r  "),
            Map.entry("blank", "\t\t  "),
            Map.entry("punct", "!/:@[`{~"),
            Map.entry("print", " ~"),
            Map.entry("graph", "!~"),
            Map.entry("cntrl", "\0\u001f\u007f\u007f"),
            Map.entry("xdigit", "09AFaf"));

    /** Stands where {@code [x*]} is to fill the set up. */
    private static final char FILL = '\uffff';

    private TrSet() {}

    /** A set that is none. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    static String of(String argument, boolean gnu) {
        String text = Inputs.word(argument);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int close = text.startsWith("[:", at) ? text.indexOf(":]", at + 2) : -1;
            if (close > 0) {
                String name = text.substring(at + 2, close);
                @Nullable String ranges = CLASSES.get(name);
                if (ranges == null && gnu) {
                    throw new Wrong("invalid character class '" + name + "'");
                }
                if (ranges != null) {
                    for (int i = 0; i < ranges.length(); i += 2) {
                        range(out, ranges.charAt(i), ranges.charAt(i + 1));
                    }
                    at = close + 2;
                    continue;
                }
            }
            int equal = text.startsWith("[=", at) ? text.indexOf("=]", at + 2) : -1;
            if (equal == at + 3) {
                out.append(text.charAt(at + 2));
                at = equal + 2;
                continue;
            }
            int star = gnu && text.charAt(at) == '[' ? text.indexOf("*", at + 2) : -1;
            int end = star < 0 ? -1 : text.indexOf(']', star);
            if (star == at + 2 && end > 0 && text.substring(star + 1, end).matches("\\d*")) {
                String count = text.substring(star + 1, end);
                int times = count.isEmpty() ? 0 : Integer.parseInt(count, count.startsWith("0") ? 8 : 10);
                out.append(
                        times == 0
                                ? FILL + text.substring(at + 1, at + 2)
                                : text.substring(at + 1, at + 2).repeat(times));
                at = end + 1;
                continue;
            }
            int[] one = character(text, at);
            at = one[1];
            if (at + 1 < text.length() && text.charAt(at) == '-') {
                int[] last = character(text, at + 1);
                if (last[0] < one[0] && gnu) {
                    throw new Wrong("range-endpoints of '" + (char) one[0] + "-" + (char) last[0]
                            + "' are in reverse collating sequence order");
                }
                range(out, one[0], last[0]);
                at = last[1];
            } else {
                out.append((char) one[0]);
            }
        }
        return out.toString();
    }

    private static void range(StringBuilder out, int from, int to) {
        for (int c = from; c <= to; c++) {
            out.append((char) c);
        }
    }

    /** The character at a place, and the index behind it. */
    private static int[] character(String text, int at) {
        char c = text.charAt(at);
        if (c != '\\' || at + 1 == text.length()) {
            return new int[] {c, at + 1};
        }
        char next = text.charAt(at + 1);
        if (next >= '0' && next <= '7') {
            int end = at + 1;
            int value = 0;
            while (end < text.length() && end < at + 4 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
                value = value * 8 + text.charAt(end++) - '0';
            }
            return new int[] {value & 0xff, end};
        }
        int known = "abfnrtv".indexOf(next);
        return new int[] {known < 0 ? next : "\u0007\b\f\n\r\t\u000b".charAt(known), at + 2};
    }

    /** All bytes that are not in a set. */
    static String others(String set) {
        StringBuilder out = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            out.append(set.indexOf(c) < 0 ? c : "");
        }
        return out.toString();
    }

    /** Made as long as the other: by what is to fill it, else by its last byte. */
    static String filled(String set, int length) {
        int fill = set.indexOf(FILL);
        if (fill >= 0) {
            String with = set.substring(fill + 1, fill + 2);
            String rest = set.substring(fill + 2);
            return filled(
                    set.substring(0, fill) + with.repeat(Math.max(0, length - fill - rest.length())) + rest, length);
        }
        return set.length() >= length || set.isEmpty()
                ? set
                : set + set.substring(set.length() - 1).repeat(length - set.length());
    }
}
