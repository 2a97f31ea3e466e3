package dev.kuar.practice.container;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/** {@code $((…))}: integers, C's operators, variables by name; what is not reckoned, as behind {@code 0 &&}, has no effect. */
final class ShellArithmetic {
    private static final List<List<String>> LEVELS = List.of(
            List.of("||"),
            List.of("&&"),
            List.of("|"),
            List.of("^"),
            List.of("&"),
            List.of("==", "!="),
            List.of("<=", ">=", "<", ">"),
            List.of("<<", ">>"),
            List.of("+", "-"),
            List.of("*", "/", "%"));

    private static final List<String> ASSIGNMENTS =
            List.of("<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=");

    private final Shell shell;
    private final ShellDialect dialect;
    private final String text;
    private final int depth;
    private int at;
    /** Where the last thing read begins, for complaints. */
    private int token;

    private boolean skips;

    ShellArithmetic(Shell shell, String text) {
        this(shell, text, 0);
    }

    private ShellArithmetic(Shell shell, String text, int depth) {
        this.shell = shell;
        this.dialect = ShellDialect.of(shell);
        this.text = dialect == ShellDialect.BASH ? text.stripLeading() : text;
        this.depth = depth;
    }

    long value() throws IOException {
        if (depth > 1000) {
            throw fault("expression recursion level exceeded", "arithmetic syntax error");
        }
        blanks();
        if (at >= text.length() && dialect != ShellDialect.DASH) {
            return 0;
        }
        long value = list();
        blanks();
        if (at < text.length()) {
            token = at;
            char c = text.charAt(at);
            throw fault(
                    c == '='
                            ? "attempted assignment to non-variable"
                            : ".,@#$\\\"'`".indexOf(c) >= 0
                                    ? "syntax error: invalid arithmetic operator"
                                    : "syntax error in expression",
                    "expecting EOF");
        }
        return value;
    }

    /** A complaint in the shell's words. */
    private ShellState.Failure fault(String ofBash, String ofDash) {
        return switch (dialect) {
            case DASH -> new ShellState.Failure("arithmetic expression: " + ofDash + ": \"" + text + "\"", 2);
            case ASH ->
                new ShellState.Failure(
                        ofDash.equals("division by zero") ? "divide by zero" : "arithmetic syntax error", 2);
            case BASH ->
                ShellState.Failure.ofLine(text + ": " + ofBash + " (error token is \""
                        + text.substring(Math.min(token, text.length())) + "\")");
        };
    }

    private ShellState.Failure operandExpected() {
        return fault("syntax error: operand expected", "expecting primary");
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean take(String operator) {
        blanks();
        if (!text.startsWith(operator, at)) {
            return false;
        }
        char next = at + operator.length() < text.length() ? text.charAt(at + operator.length()) : 0;
        boolean assigns = next == '='
                && !"<=>=!===".contains(operator)
                && !List.of("?", ":", "(", ")", "~", ",").contains(operator);
        if (assigns
                || operator.length() == 1
                        && ("|&<>".contains(operator) && next == operator.charAt(0)
                                || "<>!".contains(operator) && next == '=')) {
            return false;
        }
        if (operator.equals("*") && next == '*' && dialect != ShellDialect.DASH) {
            return false;
        }
        token = at;
        at += operator.length();
        return true;
    }

    private long list() throws IOException {
        long value = choice();
        while (dialect != ShellDialect.DASH && take(",")) {
            value = choice();
        }
        return value;
    }

    private long choice() throws IOException {
        long condition = level(0);
        if (take("?")) {
            long yes = unless(condition == 0, true);
            if (!take(":")) {
                throw fault("`:' expected for conditional expression", "expecting ':'");
            }
            long no = unless(condition != 0, true);
            return condition != 0 ? yes : no;
        }
        return condition;
    }

    /** Reads on, without effect where {@code skip}. */
    private long unless(boolean skip, boolean choice) throws IOException {
        boolean before = skips;
        skips |= skip;
        try {
            return choice ? choice() : 0;
        } finally {
            skips = before;
        }
    }

    private long level(int depth) throws IOException {
        if (depth == LEVELS.size()) {
            return power();
        }
        long left = level(depth + 1);
        while (true) {
            String found = "";
            for (String operator : LEVELS.get(depth)) {
                if (take(operator)) {
                    found = operator;
                    break;
                }
            }
            if (found.isEmpty()) {
                return left;
            }
            boolean before = skips;
            skips |= found.equals("&&") && left == 0 || found.equals("||") && left != 0;
            long right = level(depth + 1);
            left = apply(found, left, right);
            skips = before;
        }
    }

    private long power() throws IOException {
        long base = unary();
        if (dialect != ShellDialect.DASH && take("**")) {
            long exponent = power();
            if (exponent < 0) {
                throw fault("exponent less than 0", "arithmetic syntax error");
            }
            return BigInteger.valueOf(base)
                    .pow((int) Math.min(exponent, 10_000))
                    .longValue();
        }
        return base;
    }

    private long apply(String operator, long a, long b) throws IOException {
        if ((operator.equals("/") || operator.equals("%")) && b == 0) {
            if (skips && dialect != ShellDialect.ASH) {
                return 0;
            }
            throw fault("division by 0", "division by zero");
        }
        return switch (operator) {
            case "||" -> a != 0 || b != 0 ? 1 : 0;
            case "&&" -> a != 0 && b != 0 ? 1 : 0;
            case "|" -> a | b;
            case "^" -> a ^ b;
            case "&" -> a & b;
            case "==" -> a == b ? 1 : 0;
            case "!=" -> a != b ? 1 : 0;
            case "<=" -> a <= b ? 1 : 0;
            case ">=" -> a >= b ? 1 : 0;
            case "<" -> a < b ? 1 : 0;
            case ">" -> a > b ? 1 : 0;
            case "<<" -> a << b;
            case ">>" -> a >> b;
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            default -> a % b;
        };
    }

    private long unary() throws IOException {
        blanks();
        boolean counts = dialect != ShellDialect.DASH;
        if (counts
                && (text.startsWith("++", at) || text.startsWith("--", at))
                && text.substring(at + 2).matches("(?s)\\s*[A-Za-z_].*")) {
            long by = text.charAt(at) == '+' ? 1 : -1;
            at += 2;
            String name = name();
            return assign(name, number(name) + by);
        }
        if (take("!")) {
            return unary() == 0 ? 1 : 0;
        }
        if (take("~")) {
            return ~unary();
        }
        if (take("-")) {
            return -unary();
        }
        if (take("+")) {
            return unary();
        }
        if (take("(")) {
            long value = list();
            if (!take(")")) {
                throw fault("missing `)'", "expecting ')'");
            }
            return value;
        }
        return primary();
    }

    private long primary() throws IOException {
        blanks();
        int start = at;
        String word = name();
        if (word.isEmpty()) {
            token = at < text.length() ? at : token;
            throw operandExpected();
        }
        token = start;
        if (Character.isDigit(word.charAt(0))) {
            return literal(word, start);
        }
        blanks();
        if (dialect != ShellDialect.DASH && (text.startsWith("++", at) || text.startsWith("--", at))) {
            long value = number(word);
            assign(word, value + (text.charAt(at) == '+' ? 1 : -1));
            at += 2;
            return value;
        }
        for (String operator : ASSIGNMENTS) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                long before = number(word);
                return assign(word, apply(operator.substring(0, operator.length() - 1), before, choice()));
            }
        }
        if (text.startsWith("=", at) && !text.startsWith("==", at)) {
            at++;
            return assign(word, choice());
        }
        return skips ? 0 : number(word);
    }

    private long assign(String name, long value) throws IOException {
        if (!skips) {
            shell.arrays.assignElement(name, Long.toString(value));
        }
        return value;
    }

    private long literal(String word, int start) throws IOException {
        int base = 10;
        String digits = word;
        if (word.matches("0[xX].*")) {
            base = 16;
            digits = word.substring(2);
        } else if (word.startsWith("0") && word.length() > 1) {
            base = 8;
            digits = word.substring(1);
        } else if (dialect != ShellDialect.DASH && text.startsWith("#", at) && word.matches("\\d{1,2}")) {
            base = Integer.parseInt(word);
            at++;
            digits = name();
        }
        try {
            BigInteger value = new BigInteger(digits.isEmpty() && dialect == ShellDialect.BASH ? "0" : digits, base);
            return dialect == ShellDialect.DASH && value.bitLength() > 63 ? Long.MAX_VALUE : value.longValue();
        } catch (NumberFormatException e) {
            if (dialect == ShellDialect.BASH) {
                at = text.length();
            }
            token = start;
            throw fault("value too great for base", "expecting EOF");
        }
    }

    /** A number, a name, or in bash an element of an array. */
    private String name() {
        blanks();
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        int close = dialect == ShellDialect.BASH && at > start && text.startsWith("[", at) ? text.indexOf(']', at) : -1;
        at = close > 0 ? close + 1 : at;
        return text.substring(start, at);
    }

    private long number(String name) throws IOException {
        if (skips) {
            return 0;
        }
        String special = ShellSpecials.value(shell, name);
        String value = (special != null ? special : shell.arrays.plainElement(name)).strip();
        if (value.isEmpty()) {
            return 0;
        }
        if (dialect == ShellDialect.DASH) {
            if (!value.matches("[-+]?(0[xX][0-9a-fA-F]+|[0-9]+)")) {
                throw new ShellState.Failure("Illegal number: " + value, 2);
            }
        }
        return new ShellArithmetic(shell, value, depth + 1).value();
    }
}
