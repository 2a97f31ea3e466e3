package dev.kuar.practice.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types that values are made with: {@code int}, {@code str}, {@code list} … */
final class Types {
    private Types() {}

    /** A type, called to make a value of it. */
    record Type(String name, Function<Arguments, Object> make) implements Callable {
        @Override
        public Object call(Arguments arguments) {
            return make.apply(arguments);
        }

        /** A method that is called with the value as its first argument. */
        @Nullable
        Object attribute(String attribute) {
            return switch (attribute) {
                case "__name__", "__qualname__" -> name;
                case "fromkeys" ->
                    name.equals("dict")
                            ? Callable.of("fromkeys", a -> {
                                Map<Object, Object> map = new LinkedHashMap<>();
                                Values.list(a.first()).forEach(key -> map.put(key, a.get(1, "value", Nothing.NONE)));
                                return map;
                            })
                            : null;
                default -> unbound(attribute);
            };
        }

        private @Nullable Object unbound(String attribute) {
            Object sample =
                    switch (name) {
                        case "str" -> "";
                        case "list" -> new ArrayList<>();
                        case "dict" -> new LinkedHashMap<>();
                        default -> Nothing.NONE;
                    };
            if (Methods.find(sample, attribute) == null) {
                return null;
            }
            return Callable.of(attribute, a -> {
                Object found = Methods.find(a.first(), attribute);
                if (!(found instanceof Callable method)) {
                    throw Raised.of(
                            "TypeError",
                            "descriptor '" + attribute + "' for '" + name + "' objects doesn't apply to a '"
                                    + Values.type(a.first()) + "' object");
                }
                return method.call(new Arguments(a.items().subList(1, a.size()), a.named()));
            });
        }
    }

    static List<Type> all() {
        return List.of(
                new Type("int", Types::whole),
                new Type("float", a -> real(a.size() == 0 ? BigInteger.ZERO : a.first())),
                new Type(
                        "str",
                        a -> a.size() == 0
                                ? ""
                                : a.first() instanceof Bytes bytes
                                                && (a.size() > 1 || !a.named().isEmpty())
                                        ? new String(bytes.data(), StandardCharsets.UTF_8)
                                        : Values.str(a.first())),
                new Type("bool", a -> a.size() > 0 && Values.truth(a.first())),
                new Type("bytes", Types::bytes),
                new Type("list", a -> a.size() == 0 ? new ArrayList<>() : Values.list(a.first())),
                new Type("tuple", a -> a.size() == 0 ? Tuple.of() : new Tuple(Values.list(a.first()))),
                new Type("dict", a -> {
                    Map<Object, Object> map = new LinkedHashMap<>();
                    if (a.size() > 0) {
                        map.putAll((Map<?, ?>) dict(a.first()));
                    }
                    map.putAll(a.named());
                    return map;
                }),
                new Type("set", a -> {
                    LinkedHashSet<Object> set = new LinkedHashSet<>();
                    if (a.size() > 0) {
                        Values.list(a.first()).forEach(item -> set.add(Values.key(item)));
                    }
                    return set;
                }),
                new Type("range", a -> {
                    a.expect("range", 1, 3);
                    BigInteger step = a.size() > 2 ? a.integer(2) : BigInteger.ONE;
                    if (step.signum() == 0) {
                        throw Raised.of("ValueError", "range() arg 3 must not be zero");
                    }
                    return new Sequence.Range(
                            a.size() > 1 ? a.integer(0) : BigInteger.ZERO, a.integer(a.size() > 1 ? 1 : 0), step);
                }),
                new Type("object", a -> new Instance(new Klass("object", "", List.of()))));
    }

    private static Object whole(Arguments a) {
        if (a.size() == 0) {
            return BigInteger.ZERO;
        }
        Object value = a.first();
        if (value instanceof Double number) {
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw Double.isNaN(number)
                        ? Raised.of("ValueError", "cannot convert float NaN to integer")
                        : Raised.of("OverflowError", "cannot convert float infinity to integer");
            }
            return new BigDecimal(number).toBigInteger();
        }
        if (value instanceof Instance instance && instance.ask("__int__") instanceof Instance.Said said) {
            return said.value();
        }
        if (!(value instanceof String) && !(value instanceof Bytes)) {
            if (!Operators.isNumber(value)) {
                throw Raised.of(
                        "TypeError",
                        "int() argument must be a string, a bytes-like object or a real number, not '"
                                + Values.type(value) + "'");
            }
            return Values.index(value);
        }
        String text = value instanceof Bytes bytes ? bytes.latin() : (String) value;
        int base = a.number(1, "base", 10);
        try {
            String digits = text.strip().replaceAll("(?<=\\w)_(?=\\w)", "");
            digits = base == 16 ? digits.replaceFirst("^([-+]?)0[xX]", "$1") : digits;
            digits = base == 2 ? digits.replaceFirst("^([-+]?)0[bB]", "$1") : digits;
            digits = base == 8 ? digits.replaceFirst("^([-+]?)0[oO]", "$1") : digits;
            return base == 0 ? Values.index(ExpressionParser.number(digits)) : new BigInteger(digits, base);
        } catch (NumberFormatException wrong) {
            throw Raised.of("ValueError", "invalid literal for int() with base " + base + ": " + Repr.of(value));
        }
    }

    private static Object real(Object value) {
        if (value instanceof String text) {
            String word = text.strip().replace("_", "").toLowerCase(java.util.Locale.ROOT);
            if (word.matches("[-+]?(inf|infinity|nan)")) {
                return word.endsWith("nan")
                        ? Double.NaN
                        : word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            if (!word.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?")) {
                throw Raised.of("ValueError", "could not convert string to float: " + Repr.of(value));
            }
            return Double.parseDouble(word);
        }
        if (!Operators.isNumber(value)) {
            throw Raised.of(
                    "TypeError",
                    "float() argument must be a string or a real number, not '" + Values.type(value) + "'");
        }
        return Operators.real(value);
    }

    private static Object bytes(Arguments a) {
        if (a.size() == 0) {
            return new Bytes("");
        }
        if (a.first() instanceof String text) {
            if (a.size() < 2 && !a.named().containsKey("encoding")) {
                throw Raised.of("TypeError", "string argument without an encoding");
            }
            return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
        }
        if (a.first() instanceof BigInteger size) {
            return new Bytes("\0".repeat(size.intValue()));
        }
        if (a.first() instanceof Bytes) {
            return a.first();
        }
        StringBuilder latin = new StringBuilder();
        Values.list(a.first())
                .forEach(item -> latin.append((char) Values.index(item).intValue()));
        return new Bytes(latin.toString());
    }

    /** What {@code dict} makes of a dictionary or of pairs. */
    static Object dict(Object of) {
        if (of instanceof Map) {
            return of;
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object pair : Values.list(of)) {
            if (Operators.isNumber(pair)) {
                throw Raised.of(
                        "TypeError",
                        "cannot convert dictionary update sequence element #" + map.size() + " to a sequence");
            }
            List<Object> two = Values.list(pair);
            if (two.size() != 2) {
                throw Raised.of(
                        "ValueError",
                        "dictionary update sequence element #" + map.size() + " has length " + two.size()
                                + "; 2 is required");
            }
            map.put(Values.key(two.get(0)), two.get(1));
        }
        return map;
    }

    /** {@code isinstance} for one type. */
    static boolean isA(Object value, Object type) {
        if (type instanceof Klass wanted) {
            return value instanceof Instance instance && instance.type().isA(wanted);
        }
        if (type instanceof Type wanted) {
            String name = Values.type(value);
            return wanted.name().equals("object")
                    || wanted.name().equals(name)
                    || wanted.name().equals("int") && name.equals("bool");
        }
        throw Raised.of("TypeError", "isinstance() arg 2 must be a type, a tuple of types, or a union");
    }
}
