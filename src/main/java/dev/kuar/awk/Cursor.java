package dev.kuar.awk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the parser is in the tokens, and the names that it has met. */
final class Cursor {
    private final List<Token> tokens;
    private final String file;
    final AwkDialect dialect;
    private int at;
    private final Map<String, Integer> globals = new LinkedHashMap<>();
    private final List<Expr.Call> calls = new ArrayList<>();
    private List<String> parameters = List.of();
    private String function = "";

    Cursor(List<Token> tokens, String file, AwkDialect dialect) {
        this.tokens = tokens;
        this.file = file;
        this.dialect = dialect;
        for (Special each : Special.values()) {
            globals.put(each.name(), each.slot());
        }
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(tokens.size() - 1, at + ahead));
    }

    boolean is(String text) {
        return peek().is(text);
    }

    boolean is(Token.Type type) {
        return peek().type() == type;
    }

    Token take() {
        Token token = peek();
        if (at + 1 < tokens.size()) {
            at++;
        }
        return token;
    }

    boolean takeIf(String text) {
        if (is(text)) {
            take();
            return true;
        }
        return false;
    }

    void expect(String text) {
        if (!takeIf(text)) {
            throw text.equals(")") ? dialect.missing(file, line(), ")", peek().shown()) : unexpected();
        }
    }

    Token expect(Token.Type type) {
        if (!is(type)) {
            throw unexpected();
        }
        return take();
    }

    void skipNewlines() {
        while (is(Token.Type.NEWLINE)) {
            take();
        }
    }

    void skipBreaks() {
        while (is(Token.Type.NEWLINE) || is(";")) {
            take();
        }
    }

    /** Of the token here; busybox counts no line behind the last. */
    int line() {
        return dialect.isBusybox() && is(Token.Type.END) ? peek().line() - 1 : peek().line();
    }

    AwkFailure unexpected() {
        if (is(Token.Type.END)) {
            return dialect.missing(file, line(), "}", "end of file");
        }
        int open = open();
        if (is(")") && open <= 0) {
            return dialect.improper(file, line(), "Unexpected token", "extra ')'");
        }
        return open > 0 && (is("}") || is(";") || is(Token.Type.NEWLINE))
                ? dialect.missing(file, line(), ")", peek().shown())
                : dialect.syntax(file, line(), peek().shown());
    }

    /** How many parentheses are open here. */
    private int open() {
        int open = 0;
        for (Token token : tokens.subList(0, at)) {
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
        return open;
    }

    AwkFailure wrongNumber(String name, int line) {
        return dialect.wrongNumber(file, line, name);
    }

    AwkFailure extraBrace() {
        return dialect.extraBrace(file, line(), peek(1).shown());
    }

    AwkFailure improper(String busybox, String words) {
        return dialect.improper(file, line(), busybox, words);
    }

    /** How far a parenthesis that is here reaches: the token behind the one that closes it. */
    Token behindGroup() {
        int depth = 0;
        for (int i = at; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0) {
                return tokens.get(Math.min(tokens.size() - 1, i + 1));
            }
        }
        return tokens.get(tokens.size() - 1);
    }

    void enter(String name, List<String> names) {
        function = name;
        parameters = names;
    }

    void leave() {
        function = "";
        parameters = List.of();
    }

    boolean isInFunction() {
        return !function.isEmpty();
    }

    Expr.Variable variable(String name) {
        int local = parameters.indexOf(name);
        return local >= 0
                ? new Expr.Variable(name, true, local)
                : new Expr.Variable(name, false, globals.computeIfAbsent(name, n -> globals.size()));
    }

    Expr.Call call(String name, List<Expr> arguments, int line) {
        Expr.Call call = new Expr.Call(name, arguments, line);
        calls.add(call);
        return call;
    }

    /** Holds the calls against the functions there are. */
    void checkCalls(Map<String, Program.Function> functions) {
        for (Expr.Call call : calls) {
            Program.Function called = functions.get(call.name());
            if (called == null) {
                throw dialect.undefined(file, dialect.isBusybox() ? call.line() : line(), call.name());
            }
            if (!dialect.isBusybox()
                    && call.arguments().size() > called.parameters().size()) {
                throw dialect.tooManyArguments(file, call.line(), call.name());
            }
        }
    }

    Map<String, Integer> globals() {
        return globals;
    }
}
