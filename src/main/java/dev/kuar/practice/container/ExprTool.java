package dev.kuar.practice.container;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/** {@code expr}: sums, comparisons and matches. */
final class ExprTool {
    private final List<String> words;
    private final boolean gnu;
    private int at;

    private ExprTool(List<String> words, boolean gnu) {
        this.words = words;
        this.gnu = gnu;
    }

    /** What it can't evaluate. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    static int run(Task task) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> words = SystemTools.arguments(task);
        if (!words.isEmpty() && words.get(0).equals("--")) {
            words = words.subList(1, words.size());
        }
        if (words.isEmpty()) {
            return gnu ? Options.usage(task, 2, "missing operand") : task.fail(2, "too few arguments");
        }
        try {
            ExprTool expression = new ExprTool(words, gnu);
            String value = expression.level(0);
            if (expression.at < words.size()) {
                throw expression.syntax("unexpected argument '" + words.get(expression.at) + "'");
            }
            task.println(value);
            return isNull(value) ? 1 : 0;
        } catch (Wrong e) {
            return task.fail(2, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isNull(String value) {
        return value.isEmpty() || value.matches("-?0+");
    }

    private Wrong syntax(String detail) {
        return new Wrong(gnu ? "syntax error: " + detail : "syntax error");
    }

    private static final List<String> LEVELS = List.of("\\|", "&", "<|<=|=|==|!=|>=|>", "\\+|-", "\\*|/|%", ":");

    /** What binds more loosely than what the levels above it do. */
    private String level(int number) {
        if (number == LEVELS.size()) {
            return primary();
        }
        String left = level(number + 1);
        while (at < words.size() && words.get(at).matches(LEVELS.get(number))) {
            String operator = words.get(at++);
            left = apply(operator, left, level(number + 1));
        }
        return left;
    }

    private String apply(String operator, String left, String right) {
        switch (operator) {
            case "|" -> {
                return isNull(left) ? isNull(right) ? "0" : right : left;
            }
            case "&" -> {
                return isNull(left) || isNull(right) ? "0" : left;
            }
            case ":" -> {
                return match(left, right);
            }
            case "+" -> {
                return number(left).add(number(right)).toString();
            }
            case "-" -> {
                return number(left).subtract(number(right)).toString();
            }
            case "*" -> {
                return number(left).multiply(number(right)).toString();
            }
            case "/", "%" -> {
                BigInteger by = number(right);
                BigInteger of = number(left);
                if (by.signum() == 0) {
                    throw new Wrong("division by zero");
                }
                return (operator.equals("/") ? of.divide(by) : of.remainder(by)).toString();
            }
            default -> {
                boolean numbers = left.matches("-?\\d+") && right.matches("-?\\d+");
                int compared = numbers ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
                boolean holds =
                        switch (operator) {
                            case "<" -> compared < 0;
                            case "<=" -> compared <= 0;
                            case ">" -> compared > 0;
                            case ">=" -> compared >= 0;
                            case "!=" -> compared != 0;
                            default -> compared == 0;
                        };
                return holds ? "1" : "0";
            }
        }
    }

    private BigInteger number(String text) {
        if (!text.matches("-?\\d+")) {
            throw new Wrong(gnu ? "non-integer argument" : "non-numeric argument");
        }
        return new BigInteger(text);
    }

    private static String match(String text, String pattern) {
        try {
            PosixRegex regex = PosixRegex.of(pattern.startsWith("^") ? pattern : "^" + pattern, PosixRegex.Style.BASIC);
            PosixRegex.Search search = regex.search(text);
            boolean found = search.find(0);
            if (regex.groups() > 0) {
                return found ? search.group(1) : "";
            }
            return found ? Integer.toString(search.end() - search.start()) : "0";
        } catch (PosixRegex.Wrong e) {
            throw new Wrong(e.words());
        }
    }

    private String next() {
        if (at >= words.size()) {
            throw syntax("missing argument after '" + words.get(words.size() - 1) + "'");
        }
        return words.get(at++);
    }

    private String primary() {
        String word = next();
        boolean more = at < words.size();
        switch (more ? word : "") {
            case "(" -> {
                String inner = level(0);
                if (at >= words.size()) {
                    throw syntax("expecting ')' after '" + words.get(words.size() - 1) + "'");
                }
                if (!words.get(at++).equals(")")) {
                    throw syntax("expecting ')' instead of '" + words.get(at - 1) + "'");
                }
                return inner;
            }
            case "+" -> {
                if (gnu) {
                    return next();
                }
                return word;
            }
            case "length" -> {
                return Integer.toString(primary().length());
            }
            case "match" -> {
                String text = primary();
                return match(text, primary());
            }
            case "index" -> {
                String text = primary();
                String any = primary();
                for (int i = 0; i < text.length(); i++) {
                    if (any.indexOf(text.charAt(i)) >= 0) {
                        return Integer.toString(i + 1);
                    }
                }
                return "0";
            }
            case "substr" -> {
                String text = primary();
                String from = primary();
                String length = primary();
                if (!from.matches("-?\\d{1,9}") || !length.matches("-?\\d{1,9}")) {
                    return "";
                }
                int start = Integer.parseInt(from);
                int count = Integer.parseInt(length);
                return start < 1 || count < 1 || start > text.length()
                        ? ""
                        : text.substring(start - 1, Math.min(text.length(), start - 1 + count));
            }
            default -> {
                return word;
            }
        }
    }
}
