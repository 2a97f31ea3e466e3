package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;

/** {@code $((…))}: integers, C's operators, variables by name. */
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

    private final ShellState shell;
    private final String text;
    private int at;

    ShellArithmetic(ShellState shell, String text) {
        this.shell = shell;
        this.text = text;
    }

    long value() throws IOException {
        blanks();
        if (at >= text.length()) {
            return 0;
        }
        long value = choice();
        blanks();
        if (at < text.length()) {
            throw new ShellState.Failure("arithmetic syntax error", 2);
        }
        return value;
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
        if (operator.length() == 1
                && ("|&<>".contains(operator) && next == operator.charAt(0)
                        || "<>".contains(operator) && next == '=')) {
            return false;
        }
        at += operator.length();
        return true;
    }

    private long choice() throws IOException {
        long condition = level(0);
        if (take("?")) {
            long yes = choice();
            take(":");
            long no = choice();
            return condition != 0 ? yes : no;
        }
        return condition;
    }

    private long level(int depth) throws IOException {
        if (depth == LEVELS.size()) {
            return unary();
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
            left = apply(found, left, level(depth + 1));
        }
    }

    private static long apply(String operator, long a, long b) throws IOException {
        if ((operator.equals("/") || operator.equals("%")) && b == 0) {
            throw new ShellState.Failure("divide by zero", 2);
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
        if (take("!")) {
            return unary() == 0 ? 1 : 0;
        }
        if (take("++") || take("--")) {
            long by = text.charAt(at - 1) == '+' ? 1 : -1;
            String name = name();
            long value = number(name) + by;
            shell.assign(name, Long.toString(value));
            return value;
        }
        if (take("-")) {
            return -unary();
        }
        if (take("+")) {
            return unary();
        }
        if (take("(")) {
            long value = choice();
            take(")");
            return value;
        }
        String word = name();
        if (word.matches("\\d+")) {
            return word.startsWith("0") && word.length() > 1 && word.matches("[0-7]+")
                    ? Long.parseLong(word, 8)
                    : Long.parseLong(word);
        }
        if (word.isEmpty()) {
            throw new ShellState.Failure("arithmetic syntax error", 2);
        }
        blanks();
        if (text.startsWith("++", at) || text.startsWith("--", at)) {
            long value = number(word);
            shell.assign(word, Long.toString(value + (text.charAt(at) == '+' ? 1 : -1)));
            at += 2;
            return value;
        }
        for (String operator : List.of("+=", "-=", "*=", "/=", "%=")) {
            if (text.startsWith(operator, at)) {
                at += 2;
                long value = apply(operator.substring(0, 1), number(word), choice());
                shell.assign(word, Long.toString(value));
                return value;
            }
        }
        if (text.startsWith("=", at) && !text.startsWith("==", at)) {
            at++;
            long value = choice();
            shell.assign(word, Long.toString(value));
            return value;
        }
        return number(word);
    }

    private String name() {
        blanks();
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private long number(String name) throws IOException {
        String value = shell.parameter(name).strip();
        return value.isEmpty() ? 0 : new ShellArithmetic(shell, value).value();
    }
}
