package dev.kuar.practice.container;

/** Reads the characters of a script of sed, and knows how far it came. */
abstract class SedScanner {
    /** Stands behind the end. */
    static final char NONE = '\uffff';

    final boolean gnu;
    String source = "";
    int at;
    private String where = "";

    SedScanner(boolean gnu) {
        this.gnu = gnu;
    }

    /** @param place what GNU's complaints begin with */
    final void begin(String script, String place) {
        where = place;
        source = script;
        at = 0;
    }

    /** A script that is none; the message is the program's. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int code;

        Wrong(String message, int code) {
            super(message);
            this.code = code;
        }

        String words() {
            return String.valueOf(getMessage());
        }

        int code() {
            return code;
        }
    }

    final Wrong wrong(String gnuWords, String busyboxWords) {
        return new Wrong(gnu ? where + "char " + at + ": " + gnuWords : busyboxWords, 1);
    }

    final char peek() {
        return at < source.length() ? source.charAt(at) : NONE;
    }

    final char take() {
        char c = peek();
        at += c == NONE ? 0 : 1;
        return c;
    }

    final void blanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    final String word(String stops) {
        int from = at;
        while (peek() != NONE && stops.indexOf(peek()) < 0) {
            at++;
        }
        String word = source.substring(from, at);
        if (peek() == '\n' || peek() == ';') {
            at++;
        }
        return stops.length() > 1 ? word.strip() : word;
    }

    final long number() {
        int from = at;
        while (peek() != NONE && Character.isDigit(peek())) {
            at++;
        }
        return Long.parseLong(source.substring(from, Math.min(at, from + 18)));
    }

    /** What stands before the next {@code mark}; a backslash takes its meaning away. */
    final String upTo(char mark, boolean regex, String unterminated) {
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = take();
            if (c == NONE || c == '\n' && regex && gnu) {
                throw wrong(unterminated, "unmatched '" + mark + "'");
            }
            if (c == mark) {
                return out.toString();
            }
            if (regex && c == '[') {
                int close = bracket();
                out.append(source, at - 1, close);
                at = close;
                continue;
            }
            if (c == '\\') {
                char next = take();
                if (next == NONE) {
                    throw wrong(unterminated, "unmatched '" + mark + "'");
                }
                if (next == mark && !(regex && "|+?(){}.*[]^$".indexOf(mark) >= 0 && mark != '|')) {
                    out.append(regex && mark == '|' ? "[|]" : Character.toString(mark));
                    continue;
                }
                out.append('\\').append(next);
                continue;
            }
            out.append(c);
        }
    }

    /** The index behind the set that begins before {@code at}; {@code at} where none does. */
    final int bracket() {
        int i = at;
        i += i < source.length() && source.charAt(i) == '^' ? 1 : 0;
        i += i < source.length() && source.charAt(i) == ']' ? 1 : 0;
        while (i < source.length() && source.charAt(i) != '\n') {
            char c = source.charAt(i);
            if (c == ']') {
                return i + 1;
            }
            int close = c == '[' && i + 1 < source.length() && ":.=".indexOf(source.charAt(i + 1)) >= 0
                    ? source.indexOf(source.charAt(i + 1) + "]", i + 2)
                    : -1;
            i = close < 0 ? i + 1 : close + 2;
        }
        return at;
    }
}
