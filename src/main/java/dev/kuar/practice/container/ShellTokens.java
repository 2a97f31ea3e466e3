package dev.kuar.practice.container;

import dev.kuar.practice.container.ShellLexer.Token;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words and operators of a script with one to look ahead at, aliases put in; and complaints about them. */
final class ShellTokens {
    private static final Set<String> CLOSERS = Set.of("then", "else", "elif", "fi", "do", "done", "esac", "}");
    private static final Set<String> OPENERS = Set.of("!", "{", "if", "while", "until", "for", "case", "in");

    final ShellDialect dialect;
    final ShellLexer lexer;
    private final Map<String, String> aliases;
    private @Nullable Token ahead;

    ShellTokens(ShellLexer lexer, ShellDialect dialect, Map<String, String> aliases) {
        this.lexer = lexer;
        this.dialect = dialect;
        this.aliases = aliases;
    }

    boolean isBash() {
        return dialect == ShellDialect.BASH;
    }

    Token peek() throws ShellSyntaxError {
        if (ahead == null) {
            ahead = lexer.next();
        }
        return ahead;
    }

    Token take() throws ShellSyntaxError {
        Token token = peek();
        ahead = null;
        return token;
    }

    /** Whether nothing but blanks and comments comes. */
    boolean isAtEnd() {
        return ahead == null ? lexer.isAtEnd() : ahead.isEnd();
    }

    /** The next token where a command may begin: an alias there is replaced by its text. */
    Token command() throws ShellSyntaxError {
        Token token = peek();
        while (!token.operator() && !isReserved(token.text()) && expands(token)) {
            token = peek();
        }
        return token;
    }

    /** The next token within a command, looked up as an alias where one before it ended in a blank. */
    Token argument() throws ShellSyntaxError {
        Token token = peek();
        while (!token.operator() && !aliases.isEmpty() && lexer.isBehindBlank(token) && expands(token)) {
            token = peek();
        }
        return token;
    }

    private boolean expands(Token token) {
        String value = aliases.get(token.text());
        if (value == null || lexer.isWithin(token)) {
            return false;
        }
        lexer.replace(token, value);
        ahead = null;
        return true;
    }

    /** The text of {@code ((…))} if that is what comes; else null. */
    @Nullable
    String sum() throws ShellSyntaxError {
        Token token = peek();
        String sum = token.operator() && token.text().equals("(") ? lexer.sum(token) : null;
        ahead = sum == null ? ahead : null;
        return sum;
    }

    boolean isOperator(String text) throws ShellSyntaxError {
        Token token = peek();
        return token.operator() && token.text().equals(text) && !token.isEnd();
    }

    boolean isWord(String text) throws ShellSyntaxError {
        Token token = peek();
        return !token.operator() && token.text().equals(text);
    }

    boolean takes(String operator) throws ShellSyntaxError {
        boolean is = isOperator(operator);
        if (is) {
            ahead = null;
        }
        return is;
    }

    void newlines() throws ShellSyntaxError {
        while (isOperator("\n")) {
            ahead = null;
        }
    }

    private boolean isReserved(String word) {
        return CLOSERS.contains(word)
                || OPENERS.contains(word)
                || dialect != ShellDialect.DASH && word.equals("function")
                || isBash() && List.of("[[", "select", "time").contains(word);
    }

    static boolean isCloser(Token token) {
        return !token.operator() && CLOSERS.contains(token.text());
    }

    /** Whether a list of commands can't go on here. */
    static boolean endsList(Token token) {
        return token.isEnd()
                || token.operator() && List.of(")", ";;", ";&", ";;&").contains(token.text())
                || isCloser(token);
    }

    void expect(String word) throws ShellSyntaxError {
        if (!isWord(word)) {
            throw unexpected("\"" + word + "\"", true);
        }
        ahead = null;
    }

    void expectOperator(String operator, boolean keywords) throws ShellSyntaxError {
        if (!isOperator(operator)) {
            throw unexpected("\"" + operator + "\"", keywords);
        }
        ahead = null;
    }

    ShellSyntaxError unexpected() throws ShellSyntaxError {
        return unexpected("", true);
    }

    /**
     * A complaint about the token that comes.
     *
     * @param expected what should have come; empty where there is more than one thing
     * @param keywords whether reserved words mean something here
     */
    ShellSyntaxError unexpected(String expected, boolean keywords) throws ShellSyntaxError {
        Token token = peek();
        boolean end = token.isEnd();
        if (isBash()) {
            return end
                    ? new ShellSyntaxError("syntax error: unexpected end of file", true, lexer.lastLine(), "")
                    : new ShellSyntaxError(
                            "syntax error near unexpected token `"
                                    + (token.text().equals("\n") ? "newline" : token.text()) + "'",
                            false,
                            token.line(),
                            lexer.source(token));
        }
        String what = end
                ? "end of file"
                : token.text().equals("\n")
                        ? "newline"
                        : token.isRedirection()
                                ? "redirection"
                                : !token.operator() && !(keywords && isReserved(token.text()))
                                        ? "word"
                                        : "\"" + token.text() + "\"";
        boolean dash = dialect == ShellDialect.DASH;
        String message = (dash ? what + " unexpected" : "unexpected " + what)
                + (expected.isEmpty() ? "" : " (expecting " + expected + ")");
        String whole = (dash ? "Syntax error: " : "syntax error: ") + message;
        return new ShellSyntaxError(whole, end, end ? lexer.lastLine() : token.line(), "");
    }

    /** A complaint in dash's words about what stands before the token that comes. */
    ShellSyntaxError bad(String message) throws ShellSyntaxError {
        Token token = peek();
        return new ShellSyntaxError(dialect.error(message), token.isEnd(), token.line(), "");
    }
}
