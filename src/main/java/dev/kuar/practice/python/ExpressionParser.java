package dev.kuar.practice.python;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions, by precedence. */
class ExpressionParser {
    private static final List<List<String>> LEVELS = List.of(
            List.of("|"),
            List.of("^"),
            List.of("&"),
            List.of("<<", ">>"),
            List.of("+", "-"),
            List.of("*", "/", "//", "%", "@"));
    private static final Set<String> KEYWORDS = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    private final List<Token> tokens;
    private final Deque<Set<String>> own = new ArrayDeque<>();
    private int at;

    ExpressionParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    final Token peek() {
        return tokens.get(at);
    }

    final Token ahead(int by) {
        return tokens.get(Math.min(at + by, tokens.size() - 1));
    }

    final Token last() {
        return tokens.get(Math.max(0, at - 1));
    }

    final Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    final boolean sees(String word) {
        return peek().is(word);
    }

    final boolean take(String word) {
        if (sees(word)) {
            next();
            return true;
        }
        return false;
    }

    final void expect(String word) {
        if (!take(word)) {
            throw invalid();
        }
    }

    final WrongSyntax invalid() {
        return WrongSyntax.at(peek(), "invalid syntax");
    }

    final String name() {
        Token token = next();
        if (token.kind() != Token.Kind.NAME || isKeyword(token.text())) {
            throw WrongSyntax.at(token, "invalid syntax");
        }
        return token.text();
    }

    /** Begins a function: the names that are set from now on are its own. */
    final void enter() {
        own.push(new LinkedHashSet<>());
    }

    final Set<String> leave() {
        return own.pop();
    }

    /** Notes that a name is set here; a function that says {@code global} gives it away again. */
    final void owns(String name, boolean mine) {
        if (own.isEmpty()) {
            return;
        }
        if (mine) {
            own.element().add(name);
        } else {
            own.element().add("-" + name);
        }
    }

    static Set<String> settled(Set<String> names) {
        Set<String> settled = new LinkedHashSet<>(names);
        names.stream().filter(name -> name.startsWith("-")).forEach(name -> settled.remove(name.substring(1)));
        return settled;
    }

    /** Notes what an assignment sets. */
    final Expr target(Expr target) {
        if (target instanceof Names.Name name) {
            owns(name.name(), true);
        }
        if (target instanceof Names.Several several) {
            several.parts().forEach(this::target);
        }
        if (target instanceof Names.Starred starred) {
            target(starred.values());
        }
        return target;
    }

    /** One or several with commas between, which make a tuple. */
    final Expr expressions() {
        Token first = peek();
        Expr one = starOr();
        if (!sees(",")) {
            return one;
        }
        List<Expr> parts = new ArrayList<>(List.of(one));
        while (take(",")) {
            if (ends()) {
                break;
            }
            parts.add(starOr());
        }
        return new Names.Several(Span.of(first, last()), parts, false);
    }

    private boolean ends() {
        Token token = peek();
        return token.kind() == Token.Kind.NEWLINE
                || token.kind() == Token.Kind.END
                || token.kind() == Token.Kind.OPERATOR
                        && List.of(")", "]", "}", "=", ":", ";").contains(token.text())
                || token.is("in");
    }

    private Expr starOr() {
        Token first = peek();
        if (take("*")) {
            Expr values = level(0);
            return new Names.Starred(Span.of(first, last()), values, false);
        }
        return expression();
    }

    final Expr expression() {
        Token first = peek();
        if (sees("lambda")) {
            return lambda();
        }
        if (sees("yield") || sees("await")) {
            throw new NotModelled("'" + first.text() + "'", first.line());
        }
        Expr value = or();
        if (sees(":=") && value instanceof Names.Name name) {
            next();
            Expr given = expression();
            owns(name.name(), true);
            return new Expressions.Worked(Span.of(first, last()), "named expression", (scope, span) -> {
                Object of = given.eval(scope);
                scope.set(name.name(), of);
                return of;
            });
        }
        if (!sees("if")) {
            return value;
        }
        next();
        Expr condition = or();
        if (!take("else")) {
            throw new WrongSyntax(
                    "SyntaxError", "expected 'else' after 'if' expression", first.line(), first.column(), last().end());
        }
        Expr no = expression();
        return Expressions.conditional(Span.of(first, last()), condition, value, no);
    }

    private Expr lambda() {
        Token first = next();
        enter();
        List<Function.Parameter> parameters = parameters(":");
        expect(":");
        Expr body = expression();
        Set<String> mine = settled(leave());
        return new Expressions.Worked(
                Span.of(first, last()),
                "lambda",
                (scope, span) ->
                        new Function("<lambda>", parameters, defaults(scope, parameters), mine, scope, body::eval));
    }

    static Map<String, Object> defaults(Scope scope, List<Function.Parameter> parameters) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (Function.Parameter parameter : parameters) {
            Expr otherwise = parameter.otherwise();
            if (otherwise != null) {
                defaults.put(parameter.name(), otherwise.eval(scope));
            }
        }
        return defaults;
    }

    /** Up to {@code end}, which is left. */
    final List<Function.Parameter> parameters(String end) {
        List<Function.Parameter> parameters = new ArrayList<>();
        boolean byName = false;
        while (!sees(end)) {
            String kind = take("**") ? "**" : take("*") ? "*" : byName ? "k" : "";
            if (take("/")) {
                take(",");
                continue;
            }
            byName |= kind.equals("*");
            if (kind.equals("*") && take(",")) {
                continue;
            }
            String name = name();
            owns(name, true);
            if (end.equals(")") && take(":")) {
                expression();
            }
            parameters.add(new Function.Parameter(name, kind, take("=") ? expression() : null));
            if (!sees(end)) {
                expect(",");
            }
        }
        return parameters;
    }

    /** Without {@code if … else}, which after a {@code for} would be a condition. */
    final Expr operand() {
        return or();
    }

    private Expr or() {
        Token first = peek();
        Expr left = and();
        while (take("or")) {
            left = Expressions.either(Span.of(first, last()), true, left, and());
        }
        return left;
    }

    private Expr and() {
        Token first = peek();
        Expr left = not();
        while (take("and")) {
            left = Expressions.either(Span.of(first, last()), false, left, not());
        }
        return left;
    }

    private Expr not() {
        Token first = peek();
        if (take("not")) {
            Expr of = not();
            return Expressions.unary(Span.of(first, last()), "not", of);
        }
        Expr left = level(0);
        List<Expr> operands = new ArrayList<>(List.of(left));
        List<String> operators = new ArrayList<>();
        for (String operator = comparison(); operator != null; operator = comparison()) {
            operators.add(operator);
            operands.add(level(0));
        }
        return operators.isEmpty() ? left : Expressions.comparison(Span.of(first, last()), operands, operators);
    }

    private @Nullable String comparison() {
        for (String operator : List.of("<", ">", "==", ">=", "<=", "!=", "in")) {
            if (take(operator)) {
                return operator;
            }
        }
        if (sees("not") && ahead(1).is("in")) {
            next();
            next();
            return "not in";
        }
        return take("is") ? take("not") ? "is not" : "is" : null;
    }

    private Expr level(int level) {
        if (level == LEVELS.size()) {
            return factor();
        }
        Token first = peek();
        Expr left = level(level + 1);
        while (peek().kind() == Token.Kind.OPERATOR && LEVELS.get(level).contains(peek().text())) {
            Token operator = next();
            Expr right = level(level + 1);
            Span span = Span.of(first, last()).around(operator.column(), operator.end());
            left = Expressions.binary(span, operator.text(), left, right);
        }
        return left;
    }

    private Expr factor() {
        Token first = peek();
        for (String sign : List.of("-", "+", "~")) {
            if (take(sign)) {
                Expr of = factor();
                return Expressions.unary(Span.of(first, last()), sign, of);
            }
        }
        Expr base = new Primary(this).read();
        if (sees("**")) {
            Token operator = next();
            Expr power = factor();
            Span span = Span.of(first, last()).around(operator.column(), operator.end());
            return Expressions.binary(span, "**", base, power);
        }
        return base;
    }

    static Object number(String text) {
        String plain = text.replace("_", "");
        if (plain.matches("0[xX].*")) {
            return new BigInteger(plain.substring(2), 16);
        }
        if (plain.matches("0[oO].*")) {
            return new BigInteger(plain.substring(2), 8);
        }
        if (plain.matches("0[bB].*")) {
            return new BigInteger(plain.substring(2), 2);
        }
        return plain.matches("\\d+") ? (Object) new BigInteger(plain) : (Object) Double.parseDouble(plain);
    }
}
