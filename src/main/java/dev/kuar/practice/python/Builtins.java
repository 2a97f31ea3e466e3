package dev.kuar.practice.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The names that every program knows. */
final class Builtins {
    private Builtins() {}

    static Map<String, Object> all(Machinery machinery) {
        Map<String, Object> all = new LinkedHashMap<>(Exceptions.builtIn());
        Types.all().forEach(type -> all.put(type.name(), type));
        all.put("__name__", "__main__");
        put(all, "print", a -> print(machinery, a));
        put(all, "input", a -> input(machinery, a.text(0, "prompt", "")));
        put(all, "open", a -> Streams.open(machinery, Values.str(a.first()), a.text(1, "mode", "r")));
        put(
                all,
                "len",
                a -> BigInteger.valueOf(Values.size(a.expect("len", 1, 1).first())));
        put(all, "repr", a -> Repr.of(a.first()));
        put(all, "ascii", a -> Repr.of(a.first()));
        put(all, "abs", a -> absolute(a.first()));
        put(all, "sum", a -> {
            Object sum = a.get(1, "start", BigInteger.ZERO);
            for (Object item : Values.list(a.first())) {
                sum = Operators.binary("+", sum, item);
            }
            return sum;
        });
        put(all, "min", a -> extreme(a, "min", -1));
        put(all, "max", a -> extreme(a, "max", 1));
        put(all, "round", a -> rounded(a.first(), a.get(1, "ndigits", Nothing.NONE)));
        put(
                all,
                "pow",
                a -> a.size() > 2
                        ? a.integer(0).modPow(a.integer(1), a.integer(2))
                        : Operators.binary("**", a.first(), a.items().get(1)));
        put(
                all,
                "divmod",
                a -> Tuple.of(
                        Operators.binary("//", a.first(), a.items().get(1)),
                        Operators.binary("%", a.first(), a.items().get(1))));
        put(all, "sorted", a -> sorted(Values.list(a.first()), a));
        put(all, "reversed", a -> {
            List<Object> items = Values.list(a.first());
            java.util.Collections.reverse(items);
            return new Sequence.Once("reversed", items.iterator());
        });
        put(all, "enumerate", a -> {
            Iterator<Object> items = Values.iterate(a.first());
            return lazy("enumerate", items, new Object() {
                private BigInteger next = BigInteger.valueOf(a.number(1, "start", 0));

                Object step(Object item) {
                    Object pair = Tuple.of(next, item);
                    next = next.add(BigInteger.ONE);
                    return pair;
                }
            }::step);
        });
        put(all, "zip", a -> {
            List<Object> rows = new ArrayList<>();
            List<Iterator<Object>> each =
                    a.items().stream().map(Values::iterate).toList();
            while (!each.isEmpty() && each.stream().allMatch(Iterator::hasNext)) {
                rows.add(new Tuple(each.stream().map(Iterator::next).toList()));
            }
            return new Sequence.Once("zip", rows.iterator());
        });
        put(all, "map", a -> {
            List<Iterator<Object>> each =
                    a.items().subList(1, a.size()).stream().map(Values::iterate).toList();
            return lazy("map", each.get(0), first -> {
                List<Object> row = new ArrayList<>(List.of(first));
                each.subList(1, each.size()).forEach(other -> row.add(other.next()));
                return call(a.first(), row.toArray());
            });
        });
        put(
                all,
                "filter",
                a -> new Sequence.Once(
                        "filter",
                        Values.list(a.items().get(1)).stream()
                                .filter(item -> Values.truth(a.first() == Nothing.NONE ? item : call(a.first(), item)))
                                .iterator()));
        put(all, "any", a -> Values.list(a.first()).stream().anyMatch(Values::truth));
        put(all, "all", a -> Values.list(a.first()).stream().allMatch(Values::truth));
        put(all, "iter", a -> new Sequence.Once("iterator", Values.iterate(a.first())));
        put(all, "next", Builtins::next);
        all.put(
                "type",
                new Types.Type("type", a -> typeOf(all, a.expect("type", 1, 3).first())));
        put(all, "id", a -> BigInteger.valueOf(140_000_000_000_000L + System.identityHashCode(a.first())));
        put(all, "hash", a -> BigInteger.valueOf(Values.key(a.first()).hashCode()));
        put(all, "callable", a -> a.first() instanceof Callable);
        put(all, "isinstance", a -> isA(a.first(), a.items().get(1)));
        put(
                all,
                "issubclass",
                a -> a.first() instanceof Klass one && a.items().get(1) instanceof Klass other && one.isA(other));
        put(all, "hasattr", a -> Attributes.find(a.first(), Values.str(a.items().get(1))) != null);
        put(all, "getattr", a -> {
            Object found = Attributes.find(a.first(), Values.str(a.items().get(1)));
            return found != null
                    ? found
                    : a.size() > 2
                            ? a.items().get(2)
                            : Attributes.get(a.first(), Values.str(a.items().get(1)));
        });
        put(all, "setattr", a -> {
            Attributes.set(a.first(), Values.str(a.items().get(1)), a.items().get(2));
            return Nothing.NONE;
        });
        put(all, "chr", a -> Character.toString(a.integer(0).intValue()));
        put(all, "ord", a -> {
            String text = a.first() instanceof Bytes bytes ? bytes.latin() : Values.str(a.first());
            if (text.codePointCount(0, text.length()) != 1) {
                throw Raised.of(
                        "TypeError", "ord() expected a character, but string of length " + text.length() + " found");
            }
            return BigInteger.valueOf(text.codePointAt(0));
        });
        put(all, "hex", a -> a.integer(0).toString(16).replaceFirst("^(-?)", "$10x"));
        put(all, "oct", a -> a.integer(0).toString(8).replaceFirst("^(-?)", "$10o"));
        put(all, "bin", a -> a.integer(0).toString(2).replaceFirst("^(-?)", "$10b"));
        put(all, "format", a -> Formatting.format(a.first(), a.text(1, "format_spec", "")));
        put(all, "exit", a -> exit(a.size() == 0 ? Nothing.NONE : a.first()));
        put(all, "quit", a -> exit(a.size() == 0 ? Nothing.NONE : a.first()));
        all.put("property", Callable.of("property", a -> new Attributes.Property((Callable) a.first())));
        all.put("staticmethod", Callable.of("staticmethod", a -> new Attributes.Fixed((Callable) a.first())));
        all.put("dir", Callable.of("dir", a -> Attributes.all(a.first())));
        all.put("super", (Attributes.ScopeFunction) (scope, a) -> {
            Object type = scope.get("__class__");
            Object self = scope.names().values().iterator().next();
            return new Attributes.Super((Klass) type, self);
        });
        all.put("globals", (Attributes.ScopeFunction)
                (scope, a) -> new LinkedHashMap<Object, Object>(scope.globals().names()));
        all.put("locals", (Attributes.ScopeFunction) (scope, a) -> new LinkedHashMap<Object, Object>(scope.names()));
        return all;
    }

    private static void put(Map<String, Object> all, String name, Function<Arguments, Object> body) {
        all.put(name, Callable.of(name, body));
    }

    static Object call(Object function, Object... arguments) {
        if (function instanceof Callable callable) {
            return callable.call(Arguments.of(arguments));
        }
        throw Raised.of("TypeError", "'" + Values.type(function) + "' object is not callable");
    }

    private static Sequence lazy(String type, Iterator<Object> items, Function<Object, Object> each) {
        return new Sequence.Once(type, new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                return each.apply(items.next());
            }
        });
    }

    static Object exit(Object code) {
        Instance ended = (Instance) Exceptions.of("SystemExit").call(Arguments.of(code));
        ended.attributes().put("code", code);
        throw new Raised(ended);
    }

    private static Object print(Machinery machinery, Arguments a) {
        List<String> words = a.items().stream().map(Values::str).toList();
        String text = String.join(a.text(9999, "sep", " "), words) + a.text(9999, "end", "\n");
        Object file = a.named().getOrDefault("file", Nothing.NONE);
        if (file != Nothing.NONE) {
            call(Attributes.get(file, "write"), text);
        } else {
            machinery.print(text);
            if (a.flag("flush")) {
                machinery.flush();
            }
        }
        return Nothing.NONE;
    }

    private static Object input(Machinery machinery, String prompt) {
        machinery.flush();
        String line = machinery.host().isTerminal(0) ? machinery.host().line(prompt) : Streams.line(machinery, prompt);
        machinery.heed();
        if (line == null) {
            throw Raised.of("EOFError", "EOF when reading a line");
        }
        return line.replaceFirst("\n$", "");
    }

    private static Object absolute(Object value) {
        if (value instanceof Double number) {
            return Math.abs(number);
        }
        if (!Operators.isNumber(value)) {
            throw Raised.of("TypeError", "bad operand type for abs(): '" + Values.type(value) + "'");
        }
        return Values.index(value).abs();
    }

    private static Object extreme(Arguments a, String name, int wanted) {
        List<Object> items = a.size() == 1 ? Values.list(a.first()) : a.items();
        Object key = a.named().getOrDefault("key", Nothing.NONE);
        if (items.isEmpty()) {
            Object otherwise = a.named().get("default");
            if (otherwise == null) {
                throw Raised.of("ValueError", name + "() iterable argument is empty");
            }
            return otherwise;
        }
        Object best = items.get(0);
        for (Object item : items.subList(1, items.size())) {
            Object left = key == Nothing.NONE ? item : call(key, item);
            Object right = key == Nothing.NONE ? best : call(key, best);
            int order = Operators.order(wanted > 0 ? ">" : "<", left, right);
            best = Integer.signum(order) == wanted ? item : best;
        }
        return best;
    }

    static List<Object> sorted(List<Object> items, Arguments a) {
        Object key = a.named().getOrDefault("key", Nothing.NONE);
        Comparator<Object> order = (x, y) ->
                key == Nothing.NONE ? Operators.order("<", x, y) : Operators.order("<", call(key, x), call(key, y));
        List<Object> sorted = new ArrayList<>(items);
        sorted.sort(a.flag("reverse") ? order.reversed() : order);
        return sorted;
    }

    private static Object rounded(Object value, Object digits) {
        if (!(value instanceof Double number)) {
            return Values.index(value);
        }
        int places = digits == Nothing.NONE ? 0 : Values.index(digits).intValue();
        BigDecimal rounded = new BigDecimal(number).setScale(places, RoundingMode.HALF_EVEN);
        return digits == Nothing.NONE ? (Object) rounded.toBigInteger() : (Object) rounded.doubleValue();
    }

    private static Object next(Arguments a) {
        if (a.first() instanceof Instance instance && instance.ask("__next__") instanceof Instance.Said said) {
            return said.value();
        }
        if (!(a.first() instanceof Sequence.Once once)) {
            throw Raised.of("TypeError", "'" + Values.type(a.first()) + "' object is not an iterator");
        }
        if (once.iterator().hasNext()) {
            return once.iterator().next();
        }
        if (a.size() > 1) {
            return a.items().get(1);
        }
        throw new Raised((Instance) Exceptions.of("StopIteration").call(Arguments.of()));
    }

    private static Object typeOf(Map<String, Object> all, Object value) {
        if (value instanceof Instance instance) {
            return instance.type();
        }
        String name = Values.type(value);
        return all.getOrDefault(name, new Types.Type(name, a -> Nothing.NONE));
    }

    private static Object isA(Object value, Object types) {
        return types instanceof Tuple several
                ? several.items().stream().anyMatch(type -> Types.isA(value, type))
                : Types.isA(value, types);
    }
}
