package dev.kuar.practice.container;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values of a Perl script: operators, variables, functions. */
final class PerlExpressions {
    private static final MathContext DIGITS = new MathContext(40);

    private final Task task;
    private final String name;
    private final PerlTokens tokens;
    private final Map<String, Object> variables = new HashMap<>();
    private boolean dry;

    PerlExpressions(Task task, String name, PerlTokens tokens) {
        this.task = task;
        this.name = name;
        this.tokens = tokens;
    }

    /** Whether what is read does not run: mistakes of values do not count then. */
    void setDry(boolean reads) {
        dry = reads;
    }

    Map<String, Object> variables() {
        return variables;
    }

    PerlScript.Wrong syntax() {
        return new PerlScript.Wrong("syntax error at " + name + " line " + tokens.line() + ", near \"" + tokens.rest()
                + "\"\nExecution of " + name + " aborted due to compilation errors.");
    }

    PerlScript.Wrong dies(String message) {
        return new PerlScript.Wrong(
                message.endsWith("\n") ? message.strip() : message + " at " + name + " line " + tokens.line() + ".");
    }

    void expect(String word) {
        if (!tokens.take(word)) {
            throw syntax();
        }
    }

    boolean ends() {
        return tokens.isOver()
                || tokens.sees(";")
                || tokens.sees("}")
                || tokens.sees("if")
                || tokens.sees("unless")
                || tokens.sees(")");
    }

    List<Object> list() {
        List<Object> items = new ArrayList<>();
        if (ends()) {
            return items;
        }
        do {
            Object item = expression();
            if (item instanceof List<?> more) {
                items.addAll(more);
            } else {
                items.add(item);
            }
        } while (tokens.take(",") && !ends());
        return items;
    }

    Object expression() {
        return binary(0);
    }

    private static int level(String operator) {
        return switch (operator) {
            case "or", "||" -> 1;
            case "and", "&&" -> 2;
            case ".." -> 3;
            case "==", "!=", "eq", "ne" -> 4;
            case "<", ">", "<=", ">=", "lt", "gt" -> 5;
            case "+", "-", "." -> 6;
            case "*", "/", "%", "x" -> 7;
            case "**" -> 8;
            default -> 0;
        };
    }

    private Object binary(int least) {
        Object left = operand();
        while (true) {
            String operator = tokens.isOver() || tokens.kind() == PerlTokens.Kind.TEXT ? "" : tokens.peek();
            int level = level(operator);
            if (level == 0 || level <= least) {
                return left;
            }
            tokens.next();
            Object right = binary(operator.equals("**") ? level - 1 : level);
            left = apply(operator, left, right);
        }
    }

    private Object apply(String operator, Object left, Object right) {
        return switch (operator) {
            case "or", "||" -> PerlValues.truth(left) ? left : right;
            case "and", "&&" -> PerlValues.truth(left) ? right : left;
            case ".." ->
                range(
                        PerlValues.number(left).longValue(),
                        PerlValues.number(right).longValue());
            case "==" -> flag(PerlValues.number(left).compareTo(PerlValues.number(right)) == 0);
            case "!=" -> flag(PerlValues.number(left).compareTo(PerlValues.number(right)) != 0);
            case "<" -> flag(PerlValues.number(left).compareTo(PerlValues.number(right)) < 0);
            case ">" -> flag(PerlValues.number(left).compareTo(PerlValues.number(right)) > 0);
            case "<=" -> flag(PerlValues.number(left).compareTo(PerlValues.number(right)) <= 0);
            case ">=" -> flag(PerlValues.number(left).compareTo(PerlValues.number(right)) >= 0);
            case "eq" -> flag(PerlValues.text(left).equals(PerlValues.text(right)));
            case "ne" -> flag(!PerlValues.text(left).equals(PerlValues.text(right)));
            case "lt" -> flag(PerlValues.text(left).compareTo(PerlValues.text(right)) < 0);
            case "gt" -> flag(PerlValues.text(left).compareTo(PerlValues.text(right)) > 0);
            case "+" -> PerlValues.number(left).add(PerlValues.number(right));
            case "-" -> PerlValues.number(left).subtract(PerlValues.number(right));
            case "." -> PerlValues.text(left) + PerlValues.text(right);
            case "*" -> PerlValues.number(left).multiply(PerlValues.number(right));
            case "/" -> divided(PerlValues.number(left), PerlValues.number(right));
            case "%" ->
                PerlValues.number(left)
                        .toBigInteger()
                        .mod(positive(PerlValues.number(right)))
                        .toString();
            case "x" ->
                PerlValues.text(left).repeat((int)
                        Math.max(0, Math.min(1_000_000, PerlValues.number(right).longValue())));
            default ->
                PerlValues.number(left)
                        .pow(Math.max(
                                0, Math.min(99_999, PerlValues.number(right).intValue())));
        };
    }

    private java.math.BigInteger positive(BigDecimal number) {
        if (number.toBigInteger().signum() == 0) {
            if (dry) {
                return java.math.BigInteger.ONE;
            }
            throw dies("Illegal modulus zero");
        }
        return number.toBigInteger().abs();
    }

    private BigDecimal divided(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            if (dry) {
                return left;
            }
            throw dies("Illegal division by zero");
        }
        return left.divide(right, DIGITS);
    }

    private static List<Object> range(long from, long to) {
        List<Object> items = new ArrayList<>();
        for (long i = from; i <= to && items.size() < 1_000_000; i++) {
            items.add(BigDecimal.valueOf(i));
        }
        return items;
    }

    private static Object flag(boolean value) {
        return value ? BigDecimal.ONE : "";
    }

    Object operand() {
        switch (tokens.kind()) {
            case NUMBER -> {
                return new BigDecimal(tokens.next().replace("_", ""));
            }
            case TEXT -> {
                boolean interpolates = tokens.interpolates();
                String text = tokens.next();
                return interpolates ? filled(text) : text;
            }
            case VARIABLE -> {
                String variable = tokens.next();
                if (variable.equals("ENV") && tokens.take("{")) {
                    String key = tokens.next();
                    expect("}");
                    return task.env(key);
                }
                return variable.equals("$") ? BigDecimal.valueOf(task.pid()) : variables.getOrDefault(variable, "");
            }
            default -> {
                return word();
            }
        }
    }

    private Object word() {
        if (tokens.take("-")) {
            return PerlValues.number(operand()).negate();
        }
        if (tokens.take("!") || tokens.take("not")) {
            return flag(!PerlValues.truth(operand()));
        }
        if (tokens.take("(")) {
            List<Object> items = list();
            expect(")");
            return items.size() == 1 ? items.get(0) : items;
        }
        if (tokens.isOver() || tokens.kind() != PerlTokens.Kind.WORD) {
            throw syntax();
        }
        String called = tokens.next();
        if (called.equals("time")) {
            return BigDecimal.valueOf(task.container().clock().now().getEpochSecond());
        }
        boolean braced = tokens.take("(");
        List<Object> args = list();
        if (braced) {
            expect(")");
        }
        Object first = args.isEmpty() ? variables.getOrDefault("_", "") : args.get(0);
        return switch (called) {
            case "bpi" -> PerlNumbers.pi(PerlValues.number(first).intValue());
            case "int" -> new BigDecimal(PerlValues.number(first).toBigInteger());
            case "abs" -> PerlValues.number(first).abs();
            case "sqrt" -> PerlValues.number(first).sqrt(DIGITS);
            case "length" -> BigDecimal.valueOf(PerlValues.text(first).length());
            case "uc" -> PerlValues.text(first).toUpperCase(java.util.Locale.ROOT);
            case "lc" -> PerlValues.text(first).toLowerCase(java.util.Locale.ROOT);
            case "join" ->
                String.join(
                        PerlValues.text(first),
                        args.subList(1, args.size()).stream()
                                .map(PerlValues::text)
                                .toList());
            case "reverse" -> {
                List<Object> reversed = new ArrayList<>(args);
                java.util.Collections.reverse(reversed);
                yield reversed;
            }
            case "rand" ->
                BigDecimal.valueOf(Math.random()).multiply(args.isEmpty() ? BigDecimal.ONE : PerlValues.number(first));
            default -> {
                if (dry) {
                    yield "";
                }
                throw dies("Undefined subroutine &main::" + called + " called");
            }
        };
    }

    private String filled(String text) {
        java.util.regex.Matcher matcher = java.util.regex.Pattern.compile("\\$ENV\\{(\\w+)}|\\$\\{?(\\w+)}?")
                .matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String put = matcher.group(1) != null
                    ? task.env(matcher.group(1))
                    : PerlValues.text(variables.getOrDefault(matcher.group(2), ""));
            matcher.appendReplacement(filled, java.util.regex.Matcher.quoteReplacement(put));
        }
        return matcher.appendTail(filled).toString();
    }
}
