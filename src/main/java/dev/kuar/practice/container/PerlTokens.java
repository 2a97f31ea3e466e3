package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.List;

/** The words of a Perl script, read at once. */
final class PerlTokens {
    private static final List<String> OPERATORS =
            List.of("**", "..", "==", "!=", "<=", ">=", "&&", "||", "++", "--", "+=", "-=", "*=", ".=", "=>");

    /** What a word is. */
    enum Kind {
        NUMBER,
        TEXT,
        VARIABLE,
        WORD,
        SIGN,
        END
    }

    private record Token(Kind kind, String text, boolean interpolates, int line, int from) {}

    private final String script;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private String last = "";

    PerlTokens(String script) {
        this.script = script;
        int i = 0;
        int line = 1;
        while (i < script.length()) {
            char c = script.charAt(i);
            if (c == '\n') {
                line++;
                i++;
            } else if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '#') {
                while (i < script.length() && script.charAt(i) != '\n') {
                    i++;
                }
            } else {
                i = read(i, line);
            }
        }
    }

    private int read(int from, int line) {
        char c = script.charAt(from);
        int i = from;
        if (c == '"' || c == '\'') {
            StringBuilder text = new StringBuilder();
            for (i++; i < script.length() && script.charAt(i) != c; i++) {
                char d = script.charAt(i);
                if (d == '\\' && i + 1 < script.length()) {
                    char e = script.charAt(++i);
                    text.append(c == '"' && e == 'n' ? "\n" : c == '"' && e == 't' ? "\t" : String.valueOf(e));
                } else {
                    text.append(d);
                }
            }
            tokens.add(new Token(Kind.TEXT, text.toString(), c == '"', line, from));
            return i + 1;
        }
        if (Character.isDigit(c)) {
            while (i < script.length()
                    && (Character.isDigit(script.charAt(i))
                            || script.charAt(i) == '_'
                            || script.charAt(i) == '.'
                                    && i + 1 < script.length()
                                    && Character.isDigit(script.charAt(i + 1)))) {
                i++;
            }
            tokens.add(new Token(Kind.NUMBER, script.substring(from, i), false, line, from));
            return i;
        }
        if ((c == '$' || c == '@') && i + 1 < script.length()) {
            i++;
            while (i < script.length() && (Character.isLetterOrDigit(script.charAt(i)) || script.charAt(i) == '_')) {
                i++;
            }
            i = i == from + 1 ? i + 1 : i;
            tokens.add(new Token(Kind.VARIABLE, script.substring(from + 1, i), false, line, from));
            return i;
        }
        if (Character.isLetter(c) || c == '_') {
            while (i < script.length() && (Character.isLetterOrDigit(script.charAt(i)) || script.charAt(i) == '_')) {
                i++;
            }
            tokens.add(new Token(Kind.WORD, script.substring(from, i), false, line, from));
            return i;
        }
        String sign = OPERATORS.stream()
                .filter(each -> script.startsWith(each, from))
                .findFirst()
                .orElse(String.valueOf(c));
        tokens.add(new Token(Kind.SIGN, sign, false, line, from));
        return from + sign.length();
    }

    boolean isOver() {
        return at >= tokens.size();
    }

    Kind kind() {
        return isOver() ? Kind.END : tokens.get(at).kind();
    }

    boolean interpolates() {
        return tokens.get(at).interpolates();
    }

    String peek() {
        return isOver() ? "" : tokens.get(at).text();
    }

    String next() {
        last = peek();
        at++;
        return last;
    }

    /** The last word taken. */
    String last() {
        return last;
    }

    boolean sees(String word) {
        return !isOver() && kind() != Kind.TEXT && peek().equals(word);
    }

    boolean take(String word) {
        boolean here = sees(word);
        if (here) {
            next();
        }
        return here;
    }

    void skipTo(String word) {
        while (!isOver() && !sees(word)) {
            at++;
        }
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    int line() {
        return tokens.isEmpty()
                ? 1
                : tokens.get(Math.min(at, tokens.size() - 1)).line();
    }

    /** The script from here on. */
    String rest() {
        return isOver() ? "" : script.substring(tokens.get(at).from()).strip();
    }
}
