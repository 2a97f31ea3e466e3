package dev.kuar.practice.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators make of two values, and how values compare. */
final class Operators {
    private static final Map<String, String> SPECIAL = Map.of(
            "+", "__add__", "-", "__sub__", "*", "__mul__", "/", "__truediv__", "%", "__mod__", "//", "__floordiv__");

    private Operators() {}

    static Object binary(String operator, Object left, Object right) {
        if (left instanceof Instance instance
                && SPECIAL.containsKey(operator)
                && instance.ask(SPECIAL.getOrDefault(operator, ""), right) instanceof Instance.Said said) {
            return said.value();
        }
        Object result =
                isNumber(left) && isNumber(right) ? numbers(operator, left, right) : others(operator, left, right);
        if (result == null) {
            if (operator.equals("*") && (isRow(left) || isRow(right))) {
                throw Raised.of(
                        "TypeError",
                        "can't multiply sequence by non-int of type '" + Values.type(isRow(left) ? right : left) + "'");
            }
            boolean text =
                    operator.equals("+") && (left instanceof String || left instanceof List || left instanceof Tuple);
            throw Raised.of(
                    "TypeError",
                    text
                            ? "can only concatenate " + Values.type(left) + " (not \"" + Values.type(right) + "\") to "
                                    + Values.type(left)
                            : "unsupported operand type(s) for " + (operator.equals("**") ? "** or pow()" : operator)
                                    + ": '" + Values.type(left) + "' and '" + Values.type(right) + "'");
        }
        return result;
    }

    private static boolean isRow(Object value) {
        return value instanceof String || value instanceof List || value instanceof Tuple || value instanceof Bytes;
    }

    static boolean isNumber(Object value) {
        return value instanceof BigInteger || value instanceof Double || value instanceof Boolean;
    }

    static double real(Object value) {
        return value instanceof Double number ? number : Values.index(value).doubleValue();
    }

    private static @Nullable Object numbers(String operator, Object left, Object right) {
        if (left instanceof Double || right instanceof Double) {
            return reals(operator, real(left), real(right));
        }
        BigInteger a = Values.index(left);
        BigInteger b = Values.index(right);
        if ("/ // %".contains(operator) && !operator.equals(" ") && b.signum() == 0) {
            throw Raised.of(
                    "ZeroDivisionError",
                    operator.equals("/")
                            ? "division by zero"
                            : operator.equals("%") ? "integer modulo by zero" : "integer division or modulo by zero");
        }
        return switch (operator) {
            case "+" -> a.add(b);
            case "-" -> a.subtract(b);
            case "*" -> a.multiply(b);
            case "/" ->
                new BigDecimal(a)
                        .divide(new BigDecimal(b), java.math.MathContext.DECIMAL64)
                        .doubleValue();
            case "//" -> floor(a, b);
            case "%" -> a.subtract(floor(a, b).multiply(b));
            case "**" -> b.signum() < 0 ? Math.pow(a.doubleValue(), b.doubleValue()) : power(a, b);
            case "<<" -> a.shiftLeft(shift(b));
            case ">>" -> a.shiftRight(shift(b));
            case "&" -> left instanceof Boolean && right instanceof Boolean ? truth(a.and(b)) : a.and(b);
            case "|" -> left instanceof Boolean && right instanceof Boolean ? truth(a.or(b)) : a.or(b);
            case "^" -> left instanceof Boolean && right instanceof Boolean ? truth(a.xor(b)) : a.xor(b);
            default -> null;
        };
    }

    private static int shift(BigInteger by) {
        if (by.signum() < 0) {
            throw Raised.of("ValueError", "negative shift count");
        }
        return limited(by, 1_000_000);
    }

    private static BigInteger power(BigInteger a, BigInteger b) {
        long bits = (long) a.bitLength() * limited(b, 4_000_000);
        limited(BigInteger.valueOf(bits), 4_000_000);
        return a.pow(b.intValue());
    }

    /** Numbers have no bounds in Python, but a machine has. */
    private static int limited(BigInteger number, int most) {
        if (number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw Raised.of("MemoryError", "");
        }
        return number.intValue();
    }

    private static Object truth(BigInteger number) {
        return number.signum() != 0;
    }

    private static BigInteger floor(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        return parts[1].signum() != 0 && parts[1].signum() != b.signum() ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static @Nullable Object reals(String operator, double a, double b) {
        if (("/".equals(operator) || "//".equals(operator) || "%".equals(operator)) && b == 0) {
            throw Raised.of(
                    "ZeroDivisionError",
                    operator.equals("/")
                            ? "division by zero"
                            : operator.equals("%") ? "float modulo by zero" : "float floor division by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> a - b * Math.floor(a / b);
            case "**" -> Math.pow(a, b);
            default -> null;
        };
    }

    private static @Nullable Object others(String operator, Object left, Object right) {
        if (operator.equals("%") && left instanceof String format) {
            return Formatting.percent(format, right);
        }
        if (operator.equals("*")) {
            return left instanceof BigInteger || left instanceof Boolean
                    ? repeated(right, Values.index(left))
                    : right instanceof BigInteger || right instanceof Boolean
                            ? repeated(left, Values.index(right))
                            : null;
        }
        if (operator.equals("+")) {
            return joined(left, right);
        }
        if (left instanceof Set<?> a && right instanceof Set<?> b) {
            return sets(operator, a, b);
        }
        if (operator.equals("|") && left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            Map<Object, Object> both = new LinkedHashMap<>(a);
            both.putAll(b);
            return both;
        }
        return null;
    }

    private static @Nullable Object joined(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return a + b;
        }
        if (left instanceof Bytes a && right instanceof Bytes b) {
            return new Bytes(a.latin() + b.latin());
        }
        boolean lists = left instanceof List && right instanceof List;
        if (lists || left instanceof Tuple && right instanceof Tuple) {
            List<Object> both = Values.list(left);
            both.addAll(Values.list(right));
            return lists ? both : new Tuple(both);
        }
        return null;
    }

    static @Nullable Object sets(String operator, Set<?> a, Set<?> b) {
        Set<Object> result = new LinkedHashSet<>(a);
        switch (operator) {
            case "|" -> result.addAll(b);
            case "&" -> result.retainAll(b);
            case "-" -> result.removeAll(b);
            case "^" -> {
                result.removeAll(b);
                b.stream().filter(item -> !a.contains(item)).forEach(result::add);
            }
            default -> {
                return null;
            }
        }
        return result;
    }

    private static @Nullable Object repeated(Object value, BigInteger times) {
        int count = Math.max(0, limited(times, 10_000_000));
        if (value instanceof String text) {
            limited(BigInteger.valueOf((long) count * text.length()), 50_000_000);
            return text.repeat(count);
        }
        if (value instanceof Bytes bytes) {
            return new Bytes(bytes.latin().repeat(count));
        }
        if (value instanceof List || value instanceof Tuple) {
            List<Object> once = Values.list(value);
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.addAll(once);
            }
            return value instanceof Tuple ? new Tuple(all) : all;
        }
        return null;
    }

    static boolean compare(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "is" -> same(left, right);
            case "is not" -> !same(left, right);
            case "in" -> contains(right, left);
            case "not in" -> !contains(right, left);
            default -> {
                int order = order(operator, left, right);
                yield switch (operator) {
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    default -> order >= 0;
                };
            }
        };
    }

    private static boolean same(Object left, Object right) {
        boolean small = left instanceof BigInteger || left instanceof Boolean || left instanceof String;
        return left == right || small && left.equals(right);
    }

    static boolean equal(Object left, Object right) {
        if (isNumber(left) && isNumber(right)) {
            return left instanceof Double || right instanceof Double
                    ? real(left) == real(right)
                    : Values.index(left).equals(Values.index(right));
        }
        boolean rows = left instanceof List && right instanceof List || left instanceof Tuple && right instanceof Tuple;
        if (rows) {
            List<Object> a = Values.list(left);
            List<Object> b = Values.list(right);
            boolean alike = a.size() == b.size();
            for (int i = 0; alike && i < a.size(); i++) {
                alike = equal(a.get(i), b.get(i));
            }
            return alike;
        }
        return left.equals(right);
    }

    static boolean contains(Object of, Object item) {
        if (of instanceof String text) {
            if (!(item instanceof String part)) {
                throw Raised.of("TypeError", "'in <string>' requires string as left operand, not " + Values.type(item));
            }
            return text.contains(part);
        }
        if (of instanceof Bytes bytes && item instanceof Bytes part) {
            return bytes.latin().contains(part.latin());
        }
        if (of instanceof Map<?, ?> map) {
            return map.containsKey(Values.key(item));
        }
        if (of instanceof Set<?> set) {
            return set.contains(Values.key(item));
        }
        if (of instanceof Instance instance && instance.ask("__contains__", item) instanceof Instance.Said said) {
            return Values.truth(said.value());
        }
        if (!(of instanceof Sequence || of instanceof List || of instanceof Tuple || of instanceof Instance)) {
            throw Raised.of("TypeError", "argument of type '" + Values.type(of) + "' is not iterable");
        }
        for (Iterator<Object> each = Values.iterate(of); each.hasNext(); ) {
            if (equal(each.next(), item)) {
                return true;
            }
        }
        return false;
    }

    /** Negative, zero or positive; {@code operator} is named where the two have no order. */
    static int order(String operator, Object left, Object right) {
        if (isNumber(left) && isNumber(right)) {
            return left instanceof Double || right instanceof Double
                    ? Double.compare(real(left), real(right))
                    : Values.index(left).compareTo(Values.index(right));
        }
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        if (left instanceof Bytes a && right instanceof Bytes b) {
            return a.latin().compareTo(b.latin());
        }
        if (left instanceof List && right instanceof List || left instanceof Tuple && right instanceof Tuple) {
            List<Object> a = Values.list(left);
            List<Object> b = Values.list(right);
            for (int i = 0; i < a.size() && i < b.size(); i++) {
                if (!equal(a.get(i), b.get(i))) {
                    return order(operator, a.get(i), b.get(i));
                }
            }
            return Integer.compare(a.size(), b.size());
        }
        if (left instanceof Instance one && one.ask("__lt__", right) instanceof Instance.Said said) {
            return Values.truth(said.value()) ? -1 : equal(left, right) ? 0 : 1;
        }
        throw Raised.of(
                "TypeError",
                "'" + operator + "' not supported between instances of '" + Values.type(left) + "' and '"
                        + Values.type(right) + "'");
    }
}
