package dev.kuar.practice.python;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Takes a program apart into words, with the ends of lines and the changes of indentation that count. */
final class Lexer {
    private static final String[] OPERATORS = {
        "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", ":=", "+=", "-=", "*=",
        "/=", "%=", "&=", "|=", "^=", "@=", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "(", ")", "[",
        "]", "{", "}", ",", ":", ".", ";", "="
    };

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Integer> indents = new ArrayDeque<>();
    private final Deque<Token> open = new ArrayDeque<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(String source) {
        this.source = source;
        indents.push(0);
    }

    static List<Token> tokens(String source) {
        return new Lexer(source.endsWith("\n") ? source : source + "\n").all();
    }

    private List<Token> all() {
        boolean fresh = true;
        while (at < source.length()) {
            if (fresh && open.isEmpty()) {
                if (!indent()) {
                    continue;
                }
                fresh = false;
            }
            char c = source.charAt(at);
            if (c == '\n') {
                if (open.isEmpty()) {
                    add(Token.Kind.NEWLINE, "\n", at + 1);
                    fresh = true;
                }
                at++;
                newLine();
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
                at++;
            } else if (c == '#') {
                at = source.indexOf('\n', at);
            } else if (c == '\\' && at + 1 < source.length() && source.charAt(at + 1) == '\n') {
                at += 2;
                newLine();
            } else {
                word(c);
            }
        }
        if (!open.isEmpty()) {
            Token unclosed = open.peek();
            throw WrongSyntax.at(unclosed, "'" + unclosed.text() + "' was never closed");
        }
        while (indents.peek() != null && indents.pop() > 0) {
            tokens.add(new Token(Token.Kind.DEDENT, "", "", line, 0, line, 0));
        }
        tokens.add(new Token(Token.Kind.END, "", "", line, 0, line, 0));
        return tokens;
    }

    private void newLine() {
        line++;
        lineStart = at;
    }

    /** Measures a line's indentation; false where the line is empty and was passed over. */
    private boolean indent() {
        int width = 0;
        int i = at;
        for (; i < source.length() && (source.charAt(i) == ' ' || source.charAt(i) == '\t'); i++) {
            width = source.charAt(i) == '\t' ? width / 8 * 8 + 8 : width + 1;
        }
        if (i < source.length() && (source.charAt(i) == '\n' || source.charAt(i) == '#' || source.charAt(i) == '\r')) {
            at = source.indexOf('\n', i) + 1;
            newLine();
            return false;
        }
        at = i;
        int now = indents.element();
        if (width > now) {
            indents.push(width);
            tokens.add(new Token(Token.Kind.INDENT, "", "", line, 0, line, i - lineStart));
        }
        while (width < indents.element()) {
            indents.pop();
            tokens.add(new Token(Token.Kind.DEDENT, "", "", line, i - lineStart, line, i - lineStart));
            if (width > indents.element()) {
                int end = source.indexOf('\n', at) - lineStart;
                throw new WrongSyntax(
                        "IndentationError", "unindent does not match any outer indentation level", line, end, end + 1);
            }
        }
        return true;
    }

    private void word(char c) {
        int start = at;
        if (Character.isDigit(c) || c == '.' && at + 1 < source.length() && Character.isDigit(source.charAt(at + 1))) {
            number(start);
        } else if (Character.isJavaIdentifierStart(c) && c != '$') {
            while (at < source.length()
                    && Character.isJavaIdentifierPart(source.charAt(at))
                    && source.charAt(at) != '$') {
                at++;
            }
            String name = source.substring(start, at);
            if (at < source.length()
                    && (source.charAt(at) == '"' || source.charAt(at) == '\'')
                    && name.length() <= 2
                    && name.toLowerCase(Locale.ROOT).matches("[rbfu]|br|rb|fr|rf")) {
                string(start, name.toLowerCase(Locale.ROOT));
            } else {
                add(start, Token.Kind.NAME, name, "");
            }
        } else if (c == '"' || c == '\'') {
            string(start, "");
        } else {
            operator(c);
        }
    }

    private void number(int start) {
        String rest = source.substring(start, Math.min(source.length(), start + 400));
        java.util.regex.Matcher matcher = java.util.regex.Pattern.compile(
                        "0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(\\d[\\d_]*)?\\.?\\d[\\d_]*\\.?([eE][-+]?\\d+)?")
                .matcher(rest);
        matcher.lookingAt();
        at = start + matcher.end();
        if (at < source.length() && (source.charAt(at) == 'j' || source.charAt(at) == 'J')) {
            throw new NotModelled("complex numbers", line);
        }
        if (at < source.length()
                && Character.isLetter(source.charAt(at))
                && !source.substring(at).matches("(?s)(if|else|and|or|in|is|not|for)\\b.*")) {
            throw new WrongSyntax("SyntaxError", "invalid decimal literal", line, at - 1 - lineStart, at - lineStart);
        }
        if (matcher.group().matches("0[0_]*[1-9][0-9_]*")) {
            throw new WrongSyntax(
                    "SyntaxError",
                    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                    line,
                    start - lineStart,
                    start - lineStart + 1);
        }
        add(start, Token.Kind.NUMBER, matcher.group(), "");
    }

    private void string(int start, String prefix) {
        char quote = source.charAt(at);
        String triple = String.valueOf(quote).repeat(3);
        int startLine = line;
        int column = start - lineStart;
        boolean isTriple = source.startsWith(triple, at);
        at += isTriple ? 3 : 1;
        int from = at;
        while (true) {
            if (at >= source.length() || !isTriple && source.charAt(at) == '\n') {
                throw new WrongSyntax(
                        "SyntaxError",
                        isTriple
                                ? "unterminated triple-quoted string literal (detected at line " + (line - 1) + ")"
                                : "unterminated string literal (detected at line " + line + ")",
                        startLine,
                        column,
                        column + 1);
            }
            char c = source.charAt(at);
            if (c == '\\') {
                at++;
                if (at < source.length() && source.charAt(at) == '\n') {
                    line++;
                    lineStart = at + 1;
                }
                at++;
            } else if (isTriple ? source.startsWith(triple, at) : c == quote) {
                break;
            } else {
                at++;
                if (c == '\n') {
                    newLine();
                }
            }
        }
        String text = source.substring(from, at);
        at += isTriple ? 3 : 1;
        tokens.add(new Token(Token.Kind.STRING, text, prefix, startLine, column, line, at - lineStart));
    }

    private void operator(char c) {
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                int start = at;
                at += operator.length();
                Token token = add(start, Token.Kind.OPERATOR, operator, "");
                if ("([{".contains(operator)) {
                    open.push(token);
                } else if (")]}".contains(operator)) {
                    close(token);
                }
                return;
            }
        }
        if (c == '!' || c == '?' || c == '$' || c == '`' || c == '\\') {
            throw new WrongSyntax(
                    "SyntaxError",
                    c == '\\' ? "unexpected character after line continuation character" : "invalid syntax",
                    line,
                    at - lineStart,
                    at - lineStart + 1);
        }
        throw new WrongSyntax(
                "SyntaxError",
                "invalid character '" + c + "' (U+" + String.format("%04X", (int) c) + ")",
                line,
                at - lineStart,
                at - lineStart + 1);
    }

    private void close(Token token) {
        Token opened = open.poll();
        if (opened == null) {
            throw WrongSyntax.at(token, "unmatched '" + token.text() + "'");
        }
        if (!"()[]{}".contains(opened.text() + token.text())) {
            throw WrongSyntax.at(
                    token,
                    "closing parenthesis '" + token.text() + "' does not match opening parenthesis '" + opened.text()
                            + "'");
        }
    }

    private void add(Token.Kind kind, String text, int end) {
        tokens.add(new Token(kind, text, "", line, at - lineStart, line, end - lineStart));
    }

    private Token add(int start, Token.Kind kind, String text, String prefix) {
        Token token = new Token(kind, text, prefix, line, start - lineStart, line, at - lineStart);
        tokens.add(token);
        return token;
    }
}
