package dev.kuar.shell.program;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** POSIX regular expressions, basic and extended, as Java's. */
final class Regex {
    private static final String TURNED = "(){}+?|";

    private Regex() {}

    /** Compiles; {@code extended} as grep -E, else parentheses, braces, {@code + ? |} mean something only behind a backslash. */
    static Pattern compile(String posix, boolean extended, boolean ignoreCase) {
        int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        try {
            return Pattern.compile(translate(posix, extended), flags);
        } catch (PatternSyntaxException e) {
            throw new Options.Unknown("invalid regular expression '" + posix + "': " + e.getDescription());
        }
    }

    private static String translate(String posix, boolean extended) {
        StringBuilder java = new StringBuilder();
        for (int i = 0; i < posix.length(); i++) {
            char c = posix.charAt(i);
            if (c == '[') {
                int close = bracketEnd(posix, i);
                if (close > 0) {
                    java.append(bracket(posix.substring(i, close + 1)));
                    i = close;
                } else {
                    java.append("\\[");
                }
            } else if (c == '\\' && i + 1 < posix.length()) {
                char next = posix.charAt(++i);
                if (!extended && TURNED.indexOf(next) >= 0) {
                    java.append(next);
                } else if (next == '<' || next == '>') {
                    java.append("\\b");
                } else {
                    java.append('\\').append(next);
                }
            } else if (!extended && TURNED.indexOf(c) >= 0) {
                java.append('\\').append(c);
            } else if (c == '*' && java.length() == 0) {
                java.append("\\*");
            } else {
                java.append(c);
            }
        }
        return java.toString();
    }

    private static int bracketEnd(String posix, int open) {
        int i = open + 1;
        if (i < posix.length() && posix.charAt(i) == '^') {
            i++;
        }
        if (i < posix.length() && posix.charAt(i) == ']') {
            i++;
        }
        while (i < posix.length() && posix.charAt(i) != ']') {
            i = posix.startsWith("[:", i) && posix.indexOf(":]", i) > 0 ? posix.indexOf(":]", i) + 2 : i + 1;
        }
        return i < posix.length() ? i : -1;
    }

    private static String bracket(String set) {
        String inside = set.substring(1, set.length() - 1);
        boolean not = inside.startsWith("^");
        String body = (not ? inside.substring(1) : inside)
                .replace("\\", "\\\\")
                .replace("[:space:]", "\\s")
                .replace("[:digit:]", "\\d")
                .replace("[:alpha:]", "\\p{IsAlphabetic}")
                .replace("[:alnum:]", "\\p{IsAlphabetic}\\p{IsDigit}")
                .replace("[:upper:]", "\\p{IsUppercase}")
                .replace("[:lower:]", "\\p{IsLowercase}")
                .replace("[:blank:]", " \\t")
                .replace("[:punct:]", "\\p{Punct}")
                .replace("[", "\\[")
                .replace("&&", "&\\&");
        return "[" + (not ? "^" : "") + (body.startsWith("]") ? "\\" + body : body) + "]";
    }
}
