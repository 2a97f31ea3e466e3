package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads assignments, and expressions that stand by themselves. */
final class Assignments {
    private static final Set<String> CHANGES =
            Set.of("+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", "<<=", ">>=");

    private final StatementParser words;
    private final java.util.function.@Nullable BiConsumer<Scope, Object> show;

    /** @param show takes the values of expressions that stand by themselves; null where nobody wants them */
    Assignments(StatementParser words, java.util.function.@Nullable BiConsumer<Scope, Object> show) {
        this.words = words;
        this.show = show;
    }

    Stmt read() {
        Token first = words.peek();
        Expr value = words.expressions();
        if (value instanceof Names.Name name
                && List.of("print", "exec").contains(name.name())
                && !words.isEnd()
                && (words.peek().kind() == Token.Kind.STRING
                        || words.peek().kind() == Token.Kind.NUMBER
                        || words.peek().kind() == Token.Kind.NAME
                                && !ExpressionParser.isKeyword(words.peek().text()))) {
            words.expressions();
            throw new WrongSyntax(
                    "SyntaxError",
                    "Missing parentheses in call to '" + name.name() + "'. Did you mean " + name.name() + "(...)?",
                    first.line(),
                    first.column(),
                    words.last().end());
        }
        if (words.take(":")) {
            words.expression();
            if (!words.sees("=")) {
                return scope -> {};
            }
        }
        if (CHANGES.contains(words.peek().text()) && words.peek().kind() == Token.Kind.OPERATOR) {
            Token operator = words.next();
            check(value, first, "'" + value.named() + "' is an illegal expression for augmented assignment");
            words.target(value);
            Expr by = words.expressions();
            Span span = Span.of(first, words.last());
            String sign = operator.text();
            return scope -> {
                Object old = value.eval(scope);
                Object added = by.eval(scope);
                scope.at(span);
                value.assign(scope, Changes.of(sign, old, added));
            };
        }
        if (!words.sees("=")) {
            java.util.function.BiConsumer<Scope, Object> shows = show;
            return shows == null ? value::eval : scope -> shows.accept(scope, value.eval(scope));
        }
        List<Expr> targets = new ArrayList<>();
        Expr given = value;
        while (words.take("=")) {
            boolean sure = List.of("True", "False", "None").contains(given.named());
            check(
                    given,
                    first,
                    "cannot assign to " + given.named() + (sure ? "" : " here. Maybe you meant '==' instead of '='?"));
            targets.add(words.target(given));
            given = words.expressions();
        }
        return assigning(targets, given);
    }

    private static Stmt assigning(List<Expr> targets, Expr given) {
        return scope -> {
            Object of = given.eval(scope);
            targets.forEach(target -> target.assign(scope, of));
        };
    }

    private void check(Expr target, Token first, String message) {
        if (!target.named().isEmpty()) {
            throw new WrongSyntax(
                    "SyntaxError",
                    message,
                    first.line(),
                    first.column(),
                    words.last().is("=") ? target.span().end() : words.last().end());
        }
    }
}
