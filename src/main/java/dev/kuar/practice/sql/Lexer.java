package dev.kuar.practice.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes SQL apart into words, texts, names in quotation marks and signs, without blanks and comments. */
public final class Lexer {
    private final String text;
    private final boolean mysql;
    private int at;

    private Lexer(String text, boolean mysql) {
        this.text = text;
        this.mysql = mysql;
    }

    /** What a piece is. */
    enum Kind {
        WORD,
        NUMBER,
        /** A text, without its quotation marks. */
        TEXT,
        /** A name, without its quotation marks. */
        NAME,
        SIGN
    }

    /**
     * A piece of a statement.
     *
     * @param start where it begins in the statement
     */
    record Token(Kind kind, String text, int start) {
        boolean is(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word) || kind == Kind.SIGN && text.equals(word);
        }

        String upper() {
            return kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : text;
        }
    }

    /** @param mysql whether quotation marks, backslashes and {@code #} mean what they do in MySQL */
    static List<Token> tokens(String text, boolean mysql) {
        return new Lexer(text, mysql).all();
    }

    /** The statements of a script, without their semicolons; empty ones are left out. */
    public static List<String> statements(String script, boolean mysql) {
        List<String> all = new ArrayList<>();
        int start = 0;
        for (Token token : tokens(script, mysql)) {
            if (token.is(";")) {
                add(all, script.substring(start, token.start()), mysql);
                start = token.start() + 1;
            }
        }
        add(all, script.substring(start), mysql);
        return all;
    }

    private static void add(List<String> all, String statement, boolean mysql) {
        if (!tokens(statement, mysql).isEmpty()) {
            all.add(statement.strip());
        }
    }

    private List<Token> all() {
        List<Token> tokens = new ArrayList<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            int start = at;
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '-' && text.startsWith("--", at) || c == '#' && mysql) {
                at = end("\n");
            } else if (text.startsWith("/*!", at) && mysql) {
                at += 3;
                while (at < text.length() && Character.isDigit(text.charAt(at))) {
                    at++;
                }
            } else if (text.startsWith("*/", at) && mysql) {
                at += 2;
            } else if (text.startsWith("/*", at)) {
                at = Math.min(text.length(), end("*/") + 2);
            } else if (c == '\'' || c == '"' && mysql) {
                tokens.add(new Token(Kind.TEXT, quoted(c, mysql), start));
            } else if (c == '`' || c == '"') {
                tokens.add(new Token(Kind.NAME, quoted(c, false), start));
            } else if (c == '$' && !mysql && text.startsWith("$$", at)) {
                at = Math.min(
                        text.length(), text.indexOf("$$", at + 2) < 0 ? text.length() : text.indexOf("$$", at + 2) + 2);
                tokens.add(new Token(Kind.SIGN, text.substring(start, at), start));
            } else if (Character.isDigit(c)) {
                while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                    at++;
                }
                tokens.add(new Token(Kind.NUMBER, text.substring(start, at), start));
            } else if (Character.isJavaIdentifierStart(c) || c == '@') {
                while (at < text.length()
                        && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) == '@')) {
                    at++;
                }
                tokens.add(new Token(Kind.WORD, text.substring(start, at), start));
            } else {
                at++;
                tokens.add(new Token(Kind.SIGN, text.substring(start, at), start));
            }
        }
        return tokens;
    }

    private int end(String mark) {
        int end = text.indexOf(mark, at);
        return end < 0 ? text.length() : end;
    }

    private String quoted(char mark, boolean backslashes) {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && backslashes && at < text.length()) {
                char next = text.charAt(at++);
                switch (next) {
                    case 'n' -> out.append('\n');
                    case 't' -> out.append('\t');
                    case 'r' -> out.append('\r');
                    case '0' -> out.append((char) 0);
                    case '%', '_' -> out.append('\\').append(next);
                    default -> out.append(next);
                }
            } else if (c == mark) {
                if (at < text.length() && text.charAt(at) == mark) {
                    out.append(mark);
                    at++;
                } else {
                    return out.toString();
                }
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
