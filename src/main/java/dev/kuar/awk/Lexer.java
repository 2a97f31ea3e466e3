package dev.kuar.awk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a program into tokens. A slash begins a regular expression where no operand stands before it. */
final class Lexer {
    private static final Set<String> WORDS = Set.of(
            "BEGIN",
            "END",
            "function",
            "func",
            "if",
            "else",
            "while",
            "for",
            "do",
            "break",
            "continue",
            "next",
            "nextfile",
            "exit",
            "return",
            "delete",
            "in",
            "getline",
            "print",
            "printf");
    private static final List<String> SIGNS = List.of(
            "**=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", "==", "<=", ">=", "!=", "!~", ">>",
            "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", ">", "<", "|", "?", ":", "~",
            "$", "=");

    private final String source;
    private final String file;
    private final AwkDialect dialect;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private Lexer(String source, String file, AwkDialect dialect) {
        this.source = source;
        this.file = file;
        this.dialect = dialect;
    }

    /** All tokens, an END last. */
    static List<Token> tokens(String source, String file, AwkDialect dialect) {
        Lexer lexer = new Lexer(source, file, dialect);
        while (lexer.next()) {}
        lexer.add(Token.Type.NEWLINE, "\n");
        lexer.line++;
        lexer.add(Token.Type.END, "");
        return lexer.tokens;
    }

    private void add(Token.Type type, String text) {
        tokens.add(new Token(type, text, line));
    }

    private char peek(int ahead) {
        return at + ahead < source.length() ? source.charAt(at + ahead) : 0;
    }

    private boolean next() {
        while (at < source.length()) {
            char c = peek(0);
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == '\\' && (peek(1) == '\n' || peek(1) == '\r' && peek(2) == '\n')) {
                at += peek(1) == '\n' ? 2 : 3;
                line++;
            } else if (c == '#') {
                while (at < source.length() && peek(0) != '\n') {
                    at++;
                }
            } else {
                break;
            }
        }
        if (at >= source.length()) {
            return false;
        }
        char c = peek(0);
        if (c == '\n') {
            add(Token.Type.NEWLINE, "\n");
            at++;
            line++;
        } else if (c == '"') {
            string();
        } else if (c >= '0' && c <= '9' || c == '.' && peek(1) >= '0' && peek(1) <= '9') {
            int end = Numbers.end(source, at);
            add(Token.Type.NUMBER, source.substring(at, end));
            at = end;
        } else if (isNameStart(c)) {
            name();
        } else if (c == '/' && !operandBefore()) {
            regex();
        } else {
            sign();
        }
        return true;
    }

    static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private void name() {
        int from = at;
        while (isNameStart(peek(0)) || peek(0) >= '0' && peek(0) <= '9') {
            at++;
        }
        String name = source.substring(from, at);
        if (WORDS.contains(name)) {
            add(Token.Type.WORD, name.equals("func") ? "function" : name);
        } else if (BuiltIn.find(name) != null) {
            add(Token.Type.BUILTIN, name);
        } else {
            add(peek(0) == '(' ? Token.Type.CALLED : Token.Type.NAME, name);
        }
    }

    private boolean operandBefore() {
        if (tokens.isEmpty()) {
            return false;
        }
        Token last = tokens.get(tokens.size() - 1);
        return switch (last.type()) {
            case NUMBER, STRING, REGEX, NAME, BUILTIN -> true;
            case SIGN -> Set.of(")", "]", "$", "++", "--").contains(last.text());
            default -> false;
        };
    }

    private void sign() {
        for (String sign : SIGNS) {
            if (source.startsWith(sign, at)) {
                add(Token.Type.SIGN, sign.startsWith("**") ? sign.replace("**", "^") : sign);
                at += sign.length();
                return;
            }
        }
        throw dialect.strange(file, line, source.charAt(at));
    }

    private void string() {
        int from = ++at;
        while (peek(0) != '"') {
            if (at >= source.length() || peek(0) == '\n') {
                throw dialect.runaway(file, line, true, source.substring(from, at));
            }
            if (peek(0) == '\\' && peek(1) == '\n') {
                line++;
            }
            at += peek(0) == '\\' ? 2 : 1;
        }
        add(Token.Type.STRING, Escapes.resolve(source.substring(from, at), dialect.keepsUnknownEscapes()));
        at++;
    }

    private void regex() {
        StringBuilder text = new StringBuilder();
        int from = ++at;
        boolean bracket = false;
        for (; bracket || peek(0) != '/'; at++) {
            char c = peek(0);
            if (at >= source.length() || c == '\n') {
                throw dialect.runaway(file, line, false, source.substring(from, at));
            }
            if (c == '\\') {
                at++;
                text.append(peek(0) == '/' ? "" : "\\").append(peek(0));
                continue;
            }
            text.append(c);
            if (!bracket && c == '[') {
                bracket = dialect.knowsBrackets();
                int skip = peek(1) == '^' ? 1 : 0;
                if (bracket && peek(1 + skip) == ']') {
                    text.append(source, at + 1, at + 2 + skip);
                    at += 1 + skip;
                }
            } else if (bracket && c == '[' && peek(1) == ':' && source.indexOf(":]", at) > 0) {
                int end = source.indexOf(":]", at) + 1;
                text.append(source, at + 1, end + 1);
                at = end;
            } else if (c == ']') {
                bracket = false;
            }
        }
        add(Token.Type.REGEX, text.toString());
        at++;
    }
}
