package dev.kuar.practice.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What values are as texts, conditions and members of collections. Whole numbers are {@code BigInteger}s, lists
 * {@code ArrayList}s, dictionaries {@code LinkedHashMap}s, sets {@code LinkedHashSet}s.
 */
final class Values {
    private Values() {}

    static String type(Object value) {
        if (value instanceof Instance instance) {
            return instance.type().name();
        }
        if (value instanceof Sequence sequence) {
            return sequence.type();
        }
        return value == Nothing.NONE
                ? "NoneType"
                : value == Nothing.ELLIPSIS
                        ? "ellipsis"
                        : value instanceof Boolean
                                ? "bool"
                                : value instanceof BigInteger
                                        ? "int"
                                        : value instanceof Double
                                                ? "float"
                                                : value instanceof String
                                                        ? "str"
                                                        : value instanceof Bytes
                                                                ? "bytes"
                                                                : value instanceof Tuple
                                                                        ? "tuple"
                                                                        : value instanceof List
                                                                                ? "list"
                                                                                : value instanceof Map
                                                                                        ? "dict"
                                                                                        : value instanceof Set
                                                                                                ? "set"
                                                                                                : ofCode(value);
    }

    private static String ofCode(Object value) {
        return value instanceof Klass || value instanceof Types.Type
                ? "type"
                : value instanceof Module
                        ? "module"
                        : value instanceof Function
                                ? "function"
                                : value instanceof Callable.Bound ? "method" : "builtin_function_or_method";
    }

    static boolean truth(Object value) {
        if (value instanceof Instance instance) {
            Object said = instance.special("__bool__");
            said = said == null ? instance.special("__len__") : said;
            return said == null || truth(said);
        }
        return value instanceof Boolean yes
                ? yes
                : value instanceof BigInteger number
                        ? number.signum() != 0
                        : value instanceof Double number
                                ? number != 0
                                : value != Nothing.NONE && !(sized(value) && size(value) == 0);
    }

    private static boolean sized(Object value) {
        return value instanceof String
                || value instanceof Bytes
                || value instanceof Tuple
                || value instanceof java.util.Collection
                || value instanceof Map
                || value instanceof Sequence.Range;
    }

    static int size(Object value) {
        if (value instanceof Instance instance && instance.ask("__len__") instanceof Instance.Said said) {
            return index(said.value()).intValue();
        }
        if (!sized(value)) {
            throw Raised.of("TypeError", "object of type '" + type(value) + "' has no len()");
        }
        return value instanceof String text
                ? text.codePointCount(0, text.length())
                : value instanceof Bytes bytes
                        ? bytes.latin().length()
                        : value instanceof Tuple tuple
                                ? tuple.items().size()
                                : value instanceof Map<?, ?> map
                                        ? map.size()
                                        : value instanceof Sequence.Range range
                                                ? range.size()
                                                : ((java.util.Collection<?>) value).size();
    }

    /** A whole number, also where True and False stand for one. */
    static BigInteger index(Object value) {
        if (value instanceof BigInteger number) {
            return number;
        }
        if (value instanceof Boolean yes) {
            return yes ? BigInteger.ONE : BigInteger.ZERO;
        }
        throw Raised.of("TypeError", "'" + type(value) + "' object cannot be interpreted as an integer");
    }

    static Iterator<Object> iterate(Object value) {
        if (value instanceof Sequence sequence) {
            return sequence.iterator();
        }
        if (value instanceof Tuple tuple) {
            return tuple.items().iterator();
        }
        if (value instanceof List<?> list) {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < list.size();
                }

                @Override
                public Object next() {
                    return list.get(next++);
                }
            };
        }
        if (value instanceof Set<?> set) {
            return new ArrayList<Object>(set).iterator();
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<Object>(map.keySet()).iterator();
        }
        if (value instanceof String text) {
            return text.codePoints().<Object>mapToObj(Character::toString).iterator();
        }
        if (value instanceof Bytes bytes) {
            return bytes.latin().chars().<Object>mapToObj(BigInteger::valueOf).iterator();
        }
        if (value instanceof Instance instance && instance.ask("__iter__") instanceof Instance.Said iterator) {
            return iterator.value() instanceof Instance own ? stepping(own) : iterate(iterator.value());
        }
        throw Raised.of("TypeError", "'" + type(value) + "' object is not iterable");
    }

    private static Iterator<Object> stepping(Instance iterator) {
        return new Iterator<>() {
            private Object next = Nothing.ELLIPSIS;
            private boolean ready;

            @Override
            public boolean hasNext() {
                if (!ready) {
                    try {
                        Object said = iterator.special("__next__");
                        next = said == null ? Nothing.NONE : said;
                        ready = true;
                    } catch (Raised stop) {
                        if (!stop.isA("StopIteration")) {
                            throw stop;
                        }
                    }
                }
                return ready;
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new java.util.NoSuchElementException();
                }
                ready = false;
                return next;
            }
        };
    }

    static List<Object> list(Object value) {
        List<Object> items = new ArrayList<>();
        iterate(value).forEachRemaining(items::add);
        return items;
    }

    /** Refuses what can be no key. */
    static Object key(Object value) {
        if (value instanceof List || value instanceof Map || value instanceof Set) {
            throw Raised.of("TypeError", "unhashable type: '" + type(value) + "'");
        }
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? BigInteger.valueOf(number.longValue())
                : value;
    }

    static String str(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Instance instance) {
            Object said = instance.special("__str__");
            if (said != null) {
                return str(said);
            }
            if (instance.type().isException()) {
                return ofException(instance);
            }
        }
        return Repr.of(value);
    }

    private static String ofException(Instance instance) {
        List<Object> args = instance.args();
        Object number = instance.attributes().get("errno");
        if (number != null && args.size() == 2) {
            Object file = instance.attributes().getOrDefault("filename", Nothing.NONE);
            return "[Errno " + str(number) + "] " + str(args.get(1))
                    + (file == Nothing.NONE ? "" : ": " + Repr.of(file));
        }
        if (instance.type().name().equals("KeyError") && args.size() == 1) {
            return Repr.of(args.get(0));
        }
        return args.isEmpty() ? "" : args.size() == 1 ? str(args.get(0)) : Repr.of(new Tuple(args));
    }

    /** The shortest text that is read as the same number. */
    static String real(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }
        if (number == Math.rint(number) && Math.abs(number) < 1e16) {
            return (number == 0 && 1 / number < 0 ? "-0" : new BigDecimal(number).toPlainString()) + ".0";
        }
        BigDecimal exact = shortest(number);
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString().replaceFirst("0+$", "");
        String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return (exact.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e"
                + power;
    }

    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, java.math.RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return rounded;
            }
        }
        return exact.round(new MathContext(17, java.math.RoundingMode.HALF_EVEN));
    }
}
