package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.List;

/** Reads literals of texts and bytes: escapes, neighbours that belong together, values in {@code f''}. */
final class Texts {
    private Texts() {}

    static Expr read(ExpressionParser words) {
        Token first = words.peek();
        List<Expr> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        boolean bytes = first.prefix().contains("b");
        boolean values = false;
        while (words.peek().kind() == Token.Kind.STRING) {
            Token token = words.next();
            if (token.prefix().contains("b") != bytes) {
                throw WrongSyntax.at(first, "cannot mix bytes and nonbytes literals");
            }
            if (token.prefix().contains("f")) {
                values = true;
                parts.addAll(fields(token, token.text(), token.prefix().contains("r")));
            } else {
                String text = token.prefix().contains("r") ? token.text() : unescaped(token, token.text(), bytes);
                plain.append(text);
                parts.add(new Expressions.Constant(Span.of(token, token), text));
            }
        }
        Span span = Span.of(first, words.last());
        if (values) {
            return Expressions.formatted(span, parts);
        }
        return new Expressions.Constant(span, bytes ? new Bytes(plain.toString()) : plain.toString());
    }

    private static List<Expr> fields(Token token, String text, boolean raw) {
        List<Expr> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        Span span = Span.of(token, token);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c) {
                plain.append(c);
                i++;
            } else if (c == '}') {
                throw WrongSyntax.at(token, "f-string: single '}' is not allowed");
            } else if (c == '{') {
                if (plain.length() > 0) {
                    parts.add(constant(token, span, plain, raw));
                }
                int end = end(text, i + 1);
                if (end < 0) {
                    throw WrongSyntax.at(token, "f-string: expecting '}'");
                }
                parts.addAll(field(token, text.substring(i + 1, end), raw));
                i = end;
            } else {
                if (c == '\\' && i + 1 < text.length() && !raw) {
                    plain.append(c);
                    c = text.charAt(++i);
                }
                plain.append(c);
            }
        }
        if (plain.length() > 0) {
            parts.add(constant(token, span, plain, raw));
        }
        return parts;
    }

    private static Expr constant(Token token, Span span, StringBuilder plain, boolean raw) {
        String text = plain.toString();
        plain.setLength(0);
        return new Expressions.Constant(span, raw ? text : unescaped(token, text, false));
    }

    /** The bracket that closes what begins at {@code from}; negative where there is none. */
    private static int end(String text, int from) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (c == '}' && depth == 0) {
                return i;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            }
        }
        return -1;
    }

    private static List<Expr> field(Token token, String text, boolean raw) {
        int cut = cut(text);
        String source = text.substring(0, cut);
        String rest = text.substring(cut);
        String conversion = "";
        if (rest.startsWith("!") && rest.length() > 1) {
            conversion = rest.substring(1, 2);
            rest = rest.substring(2);
        }
        boolean shows = source.strip().endsWith("=") && !source.strip().matches(".*[=!<>]=");
        String expression = shows ? source.substring(0, source.lastIndexOf('=')) : source;
        if (expression.isBlank()) {
            throw WrongSyntax.at(
                    token,
                    "f-string: "
                            + (text.isBlank()
                                    ? "valid expression required before '}'"
                                    : "empty expression not allowed"));
        }
        Expr value = inner(token, expression);
        Span span = Span.of(token, token);
        List<Expr> spec = rest.startsWith(":") ? fields(token, rest.substring(1), raw) : List.of();
        List<Expr> parts = new ArrayList<>();
        if (shows) {
            parts.add(new Expressions.Constant(span, source));
            conversion = conversion.isEmpty() && spec.isEmpty() ? "r" : conversion;
        }
        parts.add(Expressions.field(value.span(), value, conversion, Expressions.formatted(span, spec)));
        return parts;
    }

    /** Where the expression ends: before its conversion or its format. */
    private static int cut(String text) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (depth == 0 && (c == ':' || c == '!' && i + 1 < text.length() && text.charAt(i + 1) != '=')) {
                return i;
            }
        }
        return text.length();
    }

    /** The expression in a text; it stands where the text does. */
    private static Expr inner(Token token, String source) {
        List<Token> words = new ArrayList<>();
        List<Token> found;
        try {
            found = Lexer.tokens("(" + source + ")");
        } catch (WrongSyntax wrong) {
            throw WrongSyntax.at(token, String.valueOf(wrong.getMessage()));
        }
        for (Token each : found) {
            int shift = token.column()
                    + Math.max(0, token.text().indexOf(source))
                    + token.prefix().length();
            words.add(new Token(
                    each.kind(),
                    each.text(),
                    each.prefix(),
                    token.line(),
                    each.column() + shift,
                    token.line(),
                    each.end() + shift));
        }
        return new ExpressionParser(words).expression();
    }

    private static String unescaped(Token token, String text, boolean bytes) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            int hex = escape == 'x' ? 2 : bytes ? 0 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
            if (hex > 0) {
                String digits = text.substring(i + 1, Math.min(text.length(), i + 1 + hex));
                if (!digits.matches("[0-9a-fA-F]{" + hex + "}")) {
                    throw WrongSyntax.at(
                            token,
                            "(unicode error) 'unicodeescape' codec can't decode bytes in position " + (i - 1) + "-"
                                    + (i + digits.length()) + ": truncated \\" + escape + "X".repeat(hex) + " escape");
                }
                plain.appendCodePoint(Integer.parseInt(digits, 16));
                i += hex;
            } else if (escape >= '0' && escape <= '7') {
                int length = 1;
                while (length < 3 && i + length < text.length() && "01234567".indexOf(text.charAt(i + length)) >= 0) {
                    length++;
                }
                plain.append((char) Integer.parseInt(text.substring(i, i + length), 8));
                i += length - 1;
            } else {
                int known = "\\'\"abfnrtv\n".indexOf(escape);
                plain.append(
                        escape == '\n'
                                ? ""
                                : known < 0
                                        ? "\\" + escape
                                        : "\\'\"\u0007\b\f\n\r\t\u000b".substring(known, known + 1));
            }
        }
        return plain.toString();
    }
}
