package dev.kuar.kubectl.data;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a text is written as a YAML scalar. */
final class YamlScalar {
    /** The forms in which a text can stand. */
    enum Style {
        PLAIN,
        SINGLE,
        DOUBLE,
        LITERAL
    }

    private static final Pattern TIMESTAMP =
            Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9]{1,2}:[0-9]{2}:[0-9]{2}(\\.[0-9]*)?.*)?");
    private static final Pattern BASE60 = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");

    private YamlScalar() {}

    static Style styleOf(String text, boolean key) {
        if (text.isEmpty() || isNotText(text)) {
            return Style.DOUBLE;
        }
        boolean special = text.codePoints().anyMatch(point -> !isPrintable(point) && point != '\n');
        boolean spaceBreak = text.contains(" \n");
        if (text.indexOf('\n') >= 0) {
            return special || spaceBreak || key || (text.startsWith(" ") && text.isBlank())
                    ? Style.DOUBLE
                    : Style.LITERAL;
        }
        if (special) {
            return Style.DOUBLE;
        }
        return canBePlain(text) ? Style.PLAIN : Style.SINGLE;
    }

    private static boolean isNotText(String text) {
        return !(Yaml.resolve(text) instanceof String)
                || TIMESTAMP.matcher(text).matches()
                || BASE60.matcher(text).matches()
                || isSpecialFloat(text);
    }

    private static boolean isSpecialFloat(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return ".nan".equals(lower) || ".inf".equals(lower) || "-.inf".equals(lower) || "+.inf".equals(lower);
    }

    private static boolean canBePlain(String text) {
        char first = text.charAt(0);
        if ("---".regionMatches(0, text, 0, 3) || "...".regionMatches(0, text, 0, 3)) {
            return false;
        }
        if (Character.isWhitespace(first) || Character.isWhitespace(text.charAt(text.length() - 1))) {
            return false;
        }
        boolean beforeSpace = text.length() == 1 || Character.isWhitespace(text.charAt(1));
        if ("#,[]{}&*!|>'\"%@`".indexOf(first) >= 0 || ("-?:".indexOf(first) >= 0 && beforeSpace)) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean last = i == text.length() - 1;
            if ((c == ':' && (last || text.charAt(i + 1) == ' ')) || (c == '#' && text.charAt(i - 1) == ' ')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(int point) {
        return (point >= 0x20 && point <= 0x7e)
                || point == 0x85
                || (point >= 0xa0 && point <= 0xd7ff)
                || (point >= 0xe000 && point <= 0xfffd && point != 0xfeff)
                || point >= 0x10000;
    }

    static String escape(int point) {
        return switch (point) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 0 -> "\\0";
            case 0x07 -> "\\a";
            case '\b' -> "\\b";
            case 0x0b -> "\\v";
            case '\f' -> "\\f";
            case 0x1b -> "\\e";
            default ->
                isPrintable(point)
                        ? Character.toString(point)
                        : point <= 0xff
                                ? String.format(Locale.ROOT, "\\x%02X", point)
                                : String.format(Locale.ROOT, "\\u%04X", point);
        };
    }
}
