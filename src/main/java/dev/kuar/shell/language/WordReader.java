package dev.kuar.shell.language;

import java.util.ArrayList;
import java.util.List;

/** Reads one word: quotes, backslashes, {@code $…}. */
final class WordReader {
    private static final String ENDS_WORD = " \t\r\n;&|<>()";

    private final String source;
    private final List<Word.Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int at;

    WordReader(String source, int start) {
        this.source = source;
        this.at = start;
    }

    int position() {
        return at;
    }

    /** The word at the current place; ends before a blank or an operator. */
    Word readWord() {
        int start = at;
        while (at < source.length() && ENDS_WORD.indexOf(source.charAt(at)) < 0) {
            char c = source.charAt(at);
            if (c == '\'') {
                readSingleQuoted();
            } else if (c == '"') {
                readDoubleQuoted();
            } else if (c == '\\') {
                readBackslash();
            } else if (c == '$') {
                readDollar(false);
            } else if (c == '`') {
                throw new LineSyntaxException("syntax.back-quote", source, at, false);
            } else {
                text.append(c);
                at++;
            }
        }
        flush(false);
        return new Word(parts, start);
    }

    /** All of the source as the body of a here-document: only {@code $} and backslash mean something. */
    Word readDocument() {
        while (at < source.length()) {
            readQuotedCharacter();
        }
        flush(true);
        return new Word(parts, 0);
    }

    private void readSingleQuoted() {
        int end = source.indexOf('\'', at + 1);
        if (end < 0) {
            throw new LineSyntaxException("syntax.single-quote", source, at, true);
        }
        flush(false);
        text.append(source, at + 1, end);
        at = end + 1;
        keepQuoted();
    }

    private void readDoubleQuoted() {
        int start = at;
        flush(false);
        at++;
        while (true) {
            if (at >= source.length()) {
                throw new LineSyntaxException("syntax.double-quote", source, start, true);
            }
            if (source.charAt(at) == '"') {
                at++;
                keepQuoted();
                return;
            }
            readQuotedCharacter();
        }
    }

    private void readQuotedCharacter() {
        char c = source.charAt(at);
        if (c == '\\' && at + 1 < source.length()) {
            char next = source.charAt(at + 1);
            if (next == '\n') {
                at += 2;
            } else if ("$`\"\\".indexOf(next) >= 0) {
                text.append(next);
                at += 2;
            } else {
                text.append(c);
                at++;
            }
        } else if (c == '$') {
            readDollar(true);
        } else {
            text.append(c);
            at++;
        }
    }

    private void readBackslash() {
        if (at + 1 >= source.length()) {
            throw new LineSyntaxException("syntax.backslash", source, at, true);
        }
        char next = source.charAt(at + 1);
        at += 2;
        if (next != '\n') {
            flush(false);
            text.append(next);
            keepQuoted();
        }
    }

    private void readDollar(boolean quoted) {
        int start = at;
        char next = at + 1 < source.length() ? source.charAt(at + 1) : ' ';
        if (source.startsWith("$((", at)) {
            throw new LineSyntaxException("syntax.arithmetic", source, at, false);
        }
        if (next == '(') {
            flush(quoted);
            Lexer lexer = new Lexer(source, at + 2);
            Script script = new Parser(lexer).parseUntilParenthesis(start);
            at = lexer.position();
            parts.add(new Word.Substitution(script, quoted));
        } else if (next == '{') {
            flush(quoted);
            readBraces(quoted);
        } else if (next == '?' || next == '$' || next == '!') {
            flush(quoted);
            parts.add(new Word.Variable(String.valueOf(next), Word.EMPTY, quoted));
            at += 2;
        } else if (isNameStart(next)) {
            flush(quoted);
            int end = at + 1;
            while (end < source.length() && isNamePart(source.charAt(end))) {
                end++;
            }
            parts.add(new Word.Variable(source.substring(at + 1, end), Word.EMPTY, quoted));
            at = end;
        } else {
            text.append('$');
            at++;
        }
    }

    private void readBraces(boolean quoted) {
        int start = at;
        int close = source.indexOf('}', at);
        if (close < 0) {
            throw new LineSyntaxException("syntax.brace", source, start, true);
        }
        String inside = source.substring(at + 2, close);
        int fallback = inside.indexOf(":-");
        String name = fallback < 0 ? inside : inside.substring(0, fallback);
        if (!isName(name) && !name.equals("?")) {
            throw new LineSyntaxException("syntax.brace-form", source, start, false, "${" + inside + "}");
        }
        Word other = fallback < 0 ? Word.EMPTY : new WordReader(inside.substring(fallback + 2), 0).readDocument();
        parts.add(new Word.Variable(name, other, quoted));
        at = close + 1;
    }

    static boolean isName(String text) {
        return !text.isEmpty() && isNameStart(text.charAt(0)) && text.chars().allMatch(c -> isNamePart((char) c));
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9');
    }

    /** Ends a quoted piece; an empty one counts, so that {@code ''} is a word. */
    private void keepQuoted() {
        parts.add(new Word.Text(text.toString(), true));
        text.setLength(0);
    }

    private void flush(boolean quoted) {
        if (text.length() > 0) {
            parts.add(new Word.Text(text.toString(), quoted));
            text.setLength(0);
        }
    }
}
