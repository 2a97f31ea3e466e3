package dev.kuar.practice.container;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The way of one {@link PosixRegex} into Java's. */
final class PosixTranslation {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("alpha", "a-zA-Z"),
            Map.entry("digit", "0-9"),
            Map.entry("alnum", "a-zA-Z0-9"),
            Map.entry("upper", "A-Z"),
            Map.entry("lower", "a-z"),
            Map.entry("space", "\\x09-\\x0d "),
            Map.entry("blank", " \\t"),
            Map.entry("punct", "!-/:-@\\x5b-`{-~"),
            Map.entry("print", " -~"),
            Map.entry("graph", "!-~"),
            Map.entry("cntrl", "\\x00-\\x1f\\x7f"),
            Map.entry("xdigit", "0-9A-Fa-f"));

    private final String source;
    private final PosixRegex.Style style;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Integer> open = new ArrayDeque<>();
    private int at;
    /** Where the last atom begins; -1 where a repetition has nothing to repeat. */
    private int atom = -1;

    private boolean repeated;
    private boolean choices;
    private int groups;

    PosixTranslation(String source, PosixRegex.Style style) {
        this.source = source;
        this.style = style;
    }

    boolean choices() {
        return choices;
    }

    int groups() {
        return groups;
    }

    String java() {
        while (at < source.length()) {
            char c = source.charAt(at);
            char next = at + 1 < source.length() ? source.charAt(at + 1) : 0;
            if (c == '\\' && at + 1 == source.length()) {
                throw new PosixRegex.Wrong("Trailing backslash");
            }
            boolean escaped = c == '\\';
            char what = escaped ? next : c;
            if ("(){}|+?".indexOf(what) >= 0 && (escaped != style.extended())) {
                at += escaped ? 2 : 1;
                operator(what, escaped);
            } else if (escaped) {
                at += 2;
                escape(next);
            } else if (c == '*') {
                at++;
                repeat("*");
            } else if (c == '[') {
                bracket();
            } else if (c == '.') {
                at++;
                begin().append('.');
            } else if (c == '^' && (style.extended() || starts())) {
                at++;
                out.append('^');
                atom = -1;
            } else if (c == '$' && (style.extended() || ends())) {
                at++;
                out.append(style.multiline() ? "(?=\n|\\z)" : "\\z");
                atom = -1;
            } else {
                at++;
                begin();
                literal(c);
            }
        }
        if (!open.isEmpty()) {
            throw new PosixRegex.Wrong("Unmatched ( or \\(");
        }
        return out.toString();
    }

    private boolean starts() {
        return at == 0
                || source.startsWith("\\(", at - 2)
                || source.startsWith("\\|", at - 2)
                || at > 0 && source.charAt(at - 1) == '\n';
    }

    private boolean ends() {
        return at + 1 == source.length() || source.startsWith("\\)", at + 1) || source.startsWith("\\|", at + 1);
    }

    private StringBuilder begin() {
        atom = out.length();
        repeated = false;
        return out;
    }

    private void literal(char c) {
        if (c < 128 && !Character.isLetterOrDigit(c)) {
            out.append('\\');
        }
        out.append(c);
    }

    private void operator(char what, boolean escaped) {
        switch (what) {
            case '(' -> {
                open.push(out.length());
                groups++;
                choices = true;
                out.append('(');
                atom = -1;
            }
            case ')' -> {
                if (open.isEmpty()) {
                    throw new PosixRegex.Wrong("Unmatched ) or \\)");
                }
                atom = open.pop();
                repeated = false;
                out.append(')');
            }
            case '|' -> {
                choices = true;
                out.append('|');
                atom = -1;
            }
            case '{' -> interval(escaped);
            case '}' -> {
                begin();
                literal('}');
            }
            default -> repeat(String.valueOf(what));
        }
    }

    private void repeat(String times) {
        if (atom < 0) {
            begin();
            literal(times.charAt(0));
            return;
        }
        if (repeated) {
            out.insert(atom, "(?:").append(')');
        }
        out.append(times);
        repeated = true;
    }

    private void interval(boolean escaped) {
        String close = escaped ? "\\}" : "}";
        int end = source.indexOf(close, at);
        String times = end < 0 ? "" : source.substring(at, end);
        boolean good = times.matches("\\d+(,\\d*)?|,\\d*");
        if (!good && (!escaped && style.looseBraces() || atom < 0 && !escaped)) {
            begin();
            literal('{');
            return;
        }
        if (end < 0) {
            throw new PosixRegex.Wrong(
                    source.substring(at).matches("[\\d,]*") ? "Unmatched \\{" : "Invalid preceding regular expression");
        }
        if (!good) {
            throw new PosixRegex.Wrong("Invalid content of \\{\\}");
        }
        at = end + close.length();
        if (atom < 0) {
            throw new PosixRegex.Wrong("Invalid preceding regular expression");
        }
        repeat("{" + (times.startsWith(",") ? "0" : "") + times + "}");
    }

    private void escape(char c) {
        switch (c) {
            case 'w', 'W', 's', 'S' -> begin().append('\\').append(c);
            case 'b', 'B' -> word("\\" + c);
            case '<' -> word("\\b(?=\\w)");
            case '>' -> word("\\b(?<=\\w)");
            case '`' -> word("\\A");
            case '\'' -> word("\\z");
            default -> {
                if (c >= '1' && c <= '9') {
                    if (c - '0' > groups) {
                        throw new PosixRegex.Wrong("Invalid back reference");
                    }
                    begin().append("(?:\\").append(c).append(')');
                } else {
                    begin();
                    literal(c);
                }
            }
        }
    }

    private void word(String anchor) {
        out.append(anchor);
        atom = -1;
    }

    private void bracket() {
        int i = at + 1;
        boolean not = i < source.length() && source.charAt(i) == '^';
        i += not ? 1 : 0;
        StringBuilder set = new StringBuilder(not ? "[^" : "[");
        boolean first = true;
        while (true) {
            if (i >= source.length()) {
                throw new PosixRegex.Wrong("Unmatched [, [^, [:, [., or [=");
            }
            char c = source.charAt(i);
            if (c == ']' && !first) {
                break;
            }
            first = false;
            char kind = i + 1 < source.length() ? source.charAt(i + 1) : 0;
            if (c == '[' && kind == ':') {
                int close = source.indexOf(":]", i + 2);
                String known = close < 0 ? null : CLASSES.get(source.substring(i + 2, close));
                if (known == null) {
                    throw new PosixRegex.Wrong(
                            close < 0 ? "Unmatched [, [^, [:, [., or [=" : "Invalid character class name");
                }
                set.append(known);
                i = close + 2;
                continue;
            }
            int[] one = element(i);
            i = one[1];
            if (i + 1 < source.length() && source.charAt(i) == '-' && source.charAt(i + 1) != ']') {
                int[] to = element(i + 1);
                if (to[0] < one[0]) {
                    throw new PosixRegex.Wrong("Invalid range end");
                }
                set.append(quoted(one[0])).append('-').append(quoted(to[0]));
                i = to[1];
            } else {
                set.append(quoted(one[0]));
            }
        }
        begin().append(set).append(']');
        at = i + 1;
    }

    /** A character of a set and the index behind it. */
    private int[] element(int i) {
        char c = source.charAt(i);
        char kind = i + 1 < source.length() ? source.charAt(i + 1) : 0;
        if (c == '[' && (kind == '.' || kind == '=')) {
            int close = source.indexOf(kind + "]", i + 2);
            if (close == i + 3) {
                return new int[] {source.charAt(i + 2), close + 2};
            }
        }
        return new int[] {c, i + 1};
    }

    private static String quoted(int c) {
        return c < 128 && Character.isLetterOrDigit(c) ? Character.toString(c) : String.format("\\x%02x", c);
    }
}
