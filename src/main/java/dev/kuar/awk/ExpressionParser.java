package dev.kuar.awk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions, the loosest operators first. */
final class ExpressionParser {
    private static final Set<String> ASSIGNMENTS = Set.of("=", "+=", "-=", "*=", "/=", "%=", "^=");
    private static final Set<String> COMPARISONS = Set.of("<", "<=", "==", "!=", ">=", ">");
    private static final Set<String> OPERAND_SIGNS = Set.of("$", "(", "++", "--", "!", "-", "+");

    private final Cursor cursor;
    /** Whether {@code >} ends the expression, as in what {@code print} takes. */
    private boolean redirects;

    ExpressionParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Expr expression() {
        return choice(or());
    }

    /** What a redirection leads to: nothing compares there. */
    Expr redirection() {
        return choice(concatenation());
    }

    private Expr choice(Expr condition) {
        if (!cursor.takeIf("?")) {
            return condition;
        }
        cursor.skipNewlines();
        Expr yes = expression();
        cursor.skipNewlines();
        cursor.expect(":");
        cursor.skipNewlines();
        return new Expr.Conditional(condition, yes, expression());
    }

    /** An expression in which {@code >} compares, whatever is around it. */
    private Expr inside() {
        boolean before = redirects;
        redirects = false;
        Expr expression = expression();
        redirects = before;
        return expression;
    }

    List<Expr> list() {
        List<Expr> items = new ArrayList<>();
        do {
            cursor.skipNewlines();
            items.add(expression());
        } while (cursor.takeIf(","));
        return items;
    }

    private List<Expr> listInside() {
        boolean before = redirects;
        redirects = false;
        List<Expr> items = list();
        redirects = before;
        return items;
    }

    /** What {@code print} and {@code printf} are given, parentheses around all of it taken off. */
    List<Expr> printed() {
        if (cursor.is("(")) {
            Token behind = cursor.behindGroup();
            if (behind.type() == Token.Type.NEWLINE
                    || behind.type() == Token.Type.END
                    || Set.of(";", "}", ">", ">>", "|").contains(behind.text()) && behind.type() == Token.Type.SIGN) {
                cursor.take();
                List<Expr> items = listInside();
                cursor.skipNewlines();
                cursor.expect(")");
                return items;
            }
        }
        redirects = true;
        List<Expr> items = list();
        redirects = false;
        return items;
    }

    private Expr or() {
        Expr left = and();
        while (cursor.takeIf("||")) {
            cursor.skipNewlines();
            left = new Expr.Both(left, and(), false);
        }
        return left;
    }

    private Expr and() {
        Expr left = in();
        while (cursor.takeIf("&&")) {
            cursor.skipNewlines();
            left = new Expr.Both(left, in(), true);
        }
        return left;
    }

    private Expr in() {
        Expr left = match();
        while (cursor.takeIf("in")) {
            List<Expr> subscripts = left instanceof Expr.Group group ? group.items() : List.of(left);
            left = new Expr.In(subscripts, array());
        }
        if (left instanceof Expr.Group) {
            throw cursor.unexpected();
        }
        return left;
    }

    Expr.Variable array() {
        return cursor.variable(cursor.expect(Token.Type.NAME).text());
    }

    private Expr match() {
        Expr left = comparison();
        while (cursor.is("~") || cursor.is("!~")) {
            boolean not = cursor.take().text().equals("!~");
            left = new Expr.Match(left, comparison(), not);
        }
        return left;
    }

    private Expr comparison() {
        Expr left = concatenation();
        while (true) {
            Token token = cursor.peek();
            if (cursor.is("|") && cursor.peek(1).is("getline")) {
                cursor.take();
                cursor.take();
                left = new Expr.GetLine(left, true, targetIfAny());
            } else if (token.type() == Token.Type.SIGN
                    && COMPARISONS.contains(token.text())
                    && !(redirects && token.text().equals(">"))) {
                cursor.take();
                left = new Expr.Comparison(token.text(), left, concatenation());
            } else {
                return left;
            }
        }
    }

    private Expr concatenation() {
        Expr left = sum();
        while (beginsOperand()) {
            left = new Expr.Concatenation(left, sum());
        }
        return left;
    }

    private boolean beginsOperand() {
        Token token = cursor.peek();
        return switch (token.type()) {
            case NUMBER, STRING, REGEX, NAME, CALLED, BUILTIN -> true;
            case SIGN -> OPERAND_SIGNS.contains(token.text());
            default -> false;
        };
    }

    private Expr sum() {
        Expr left = product();
        while (cursor.is("+") || cursor.is("-")) {
            Token token = cursor.take();
            left = new Expr.Arithmetic(token.text().charAt(0), left, product(), token.line());
        }
        return left;
    }

    private Expr product() {
        Expr left = unary();
        while (cursor.is("*") || cursor.is("/") || cursor.is("%")) {
            Token token = cursor.take();
            left = new Expr.Arithmetic(token.text().charAt(0), left, unary(), token.line());
        }
        return left;
    }

    private Expr unary() {
        if (cursor.is("!") || cursor.is("-") || cursor.is("+")) {
            char operator = cursor.take().text().charAt(0);
            return new Expr.Unary(operator, unary());
        }
        return power();
    }

    private Expr power() {
        Expr base = stepped();
        if (cursor.is("^")) {
            Token token = cursor.take();
            // The exponent takes a sign and more powers: they lean to the right.
            return new Expr.Arithmetic('^', base, unary(), token.line());
        }
        return base;
    }

    /** An operand with its {@code ++} and its assignment, which binds to a name wherever that stands. */
    private Expr stepped() {
        if (cursor.is("++") || cursor.is("--")) {
            int by = cursor.take().text().equals("++") ? 1 : -1;
            return new Expr.Step(target(), by, true);
        }
        Expr operand = primary();
        if (!(operand instanceof Expr.Target target)) {
            return operand;
        }
        if (cursor.is("++") || cursor.is("--")) {
            int by = cursor.take().text().equals("++") ? 1 : -1;
            return new Expr.Step(target, by, false);
        }
        Token token = cursor.peek();
        if (token.type() == Token.Type.SIGN && ASSIGNMENTS.contains(token.text())) {
            cursor.take();
            cursor.skipNewlines();
            String operator = token.text().substring(0, token.text().length() - 1);
            return new Expr.Assign(target, operator, expression(), token.line());
        }
        return operand;
    }

    private Expr.Target target() {
        if (primary() instanceof Expr.Target target) {
            return target;
        }
        throw cursor.unexpected();
    }

    private Expr.@Nullable Target targetIfAny() {
        return cursor.is("$") || cursor.is(Token.Type.NAME) ? target() : null;
    }

    private Expr primary() {
        Token token = cursor.peek();
        switch (token.type()) {
            case NUMBER -> {
                cursor.take();
                return new Expr.Constant(Value.of(Double.parseDouble(token.text())));
            }
            case STRING -> {
                cursor.take();
                return new Expr.Constant(Value.of(token.text()));
            }
            case REGEX -> {
                cursor.take();
                return new Expr.Regex(token.text());
            }
            case NAME -> {
                cursor.take();
                Expr.Variable variable = cursor.variable(token.text());
                if (!cursor.takeIf("[")) {
                    return variable;
                }
                List<Expr> subscripts = listInside();
                cursor.expect("]");
                return new Expr.Element(variable, subscripts);
            }
            case CALLED -> {
                cursor.take();
                return cursor.call(token.text(), arguments(), token.line());
            }
            case BUILTIN -> {
                cursor.take();
                return known(Objects.requireNonNull(BuiltIn.find(token.text())), token.line());
            }
            default -> {
                return other();
            }
        }
    }

    private Expr other() {
        if (cursor.takeIf("$")) {
            return new Expr.Field(fieldIndex());
        }
        if (cursor.takeIf("getline")) {
            Expr.Target into = targetIfAny();
            return new Expr.GetLine(cursor.takeIf("<") ? fileName() : null, false, into);
        }
        if (cursor.takeIf("(")) {
            List<Expr> items = listInside();
            cursor.skipNewlines();
            cursor.expect(")");
            if (items.size() == 1) {
                return items.get(0);
            }
            if (!cursor.is("in")) {
                throw cursor.unexpected();
            }
            return new Expr.Group(items);
        }
        if (cursor.is("-") || cursor.is("+") || cursor.is("!")) {
            return unary();
        }
        throw cursor.unexpected();
    }

    private Expr fieldIndex() {
        if (cursor.is("++") || cursor.is("--")) {
            int by = cursor.take().text().equals("++") ? 1 : -1;
            return new Expr.Step(target(), by, true);
        }
        if (cursor.is("-") || cursor.is("+") || cursor.is("!")) {
            return new Expr.Unary(cursor.take().text().charAt(0), fieldIndex());
        }
        return primary();
    }

    private Expr fileName() {
        return primary();
    }

    private List<Expr> arguments() {
        cursor.expect("(");
        cursor.skipNewlines();
        List<Expr> arguments = cursor.is(")") ? List.of() : listInside();
        cursor.skipNewlines();
        cursor.expect(")");
        return arguments;
    }

    private Expr known(BuiltIn function, int line) {
        List<Expr> arguments = cursor.is("(") ? arguments() : function == BuiltIn.LENGTH ? List.of() : failed();
        if (!function.takes(arguments.size())) {
            throw cursor.wrongNumber(function.name().toLowerCase(Locale.ROOT), line);
        }
        return new Expr.Known(function, arguments, line);
    }

    private List<Expr> failed() {
        throw cursor.unexpected();
    }

    /** Where an expression stands in parentheses. */
    Expr condition() {
        cursor.expect("(");
        Expr condition = inside();
        cursor.expect(")");
        return condition;
    }
}
