package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Values that are worked out. */
final class Expressions {
    private Expressions() {}

    /** What stands for itself. */
    static final class Constant extends Expr {
        private final Object value;

        Constant(Span span, Object value) {
            super(span);
            this.value = value;
        }

        @Override
        Object eval(Scope scope) {
            return value;
        }

        @Override
        String named() {
            return value == Nothing.NONE ? "None" : value instanceof Boolean yes ? yes ? "True" : "False" : "literal";
        }
    }

    /** How the value of an expression is worked out, once its place is noted. */
    @FunctionalInterface
    interface Work {
        Object of(Scope scope, Span span);
    }

    /** Any other expression. */
    static final class Worked extends Expr {
        private final Work work;
        private final String name;

        Worked(Span span, String name, Work work) {
            super(span);
            this.name = name;
            this.work = work;
        }

        @Override
        Object eval(Scope scope) {
            return work.of(scope, span());
        }

        @Override
        String named() {
            return name;
        }
    }

    static Expr binary(Span span, String operator, Expr left, Expr right) {
        return new Worked(span, "expression", (scope, at) -> {
            Object a = left.eval(scope);
            Object b = right.eval(scope);
            scope.at(at);
            return Operators.binary(operator, a, b);
        });
    }

    static Expr unary(Span span, String operator, Expr of) {
        return new Worked(span, "expression", (scope, at) -> {
            Object value = of.eval(scope);
            scope.at(at);
            if (operator.equals("not")) {
                return !Values.truth(value);
            }
            if (!Operators.isNumber(value) || operator.equals("~") && value instanceof Double) {
                throw Raised.of(
                        "TypeError", "bad operand type for unary " + operator + ": '" + Values.type(value) + "'");
            }
            if (value instanceof Double number) {
                return operator.equals("-") ? (Object) (-number) : number;
            }
            return switch (operator) {
                case "-" -> Values.index(value).negate();
                case "~" -> Values.index(value).not();
                default -> Values.index(value);
            };
        });
    }

    /** {@code and} and {@code or}, which stop as soon as they know. */
    static Expr either(Span span, boolean until, Expr left, Expr right) {
        return new Worked(span, "expression", (scope, at) -> {
            Object first = left.eval(scope);
            return Values.truth(first) == until ? first : right.eval(scope);
        });
    }

    /** {@code a < b <= c}. */
    static Expr comparison(Span span, List<Expr> operands, List<String> operators) {
        return new Worked(span, "comparison", (scope, at) -> {
            Object left = operands.get(0).eval(scope);
            for (int i = 0; i < operators.size(); i++) {
                Object right = operands.get(i + 1).eval(scope);
                scope.at(at);
                if (!Operators.compare(operators.get(i), left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        });
    }

    static Expr conditional(Span span, Expr condition, Expr yes, Expr no) {
        return new Worked(
                span, "conditional expression", (scope, at) -> (Values.truth(condition.eval(scope)) ? yes : no)
                        .eval(scope));
    }

    static Expr set(Span span, List<Expr> parts) {
        Expr all = new Names.Several(span, parts, true);
        return new Worked(span, "set display", (scope, at) -> {
            Set<Object> set = new LinkedHashSet<>();
            Values.list(all.eval(scope)).forEach(item -> set.add(Values.key(item)));
            return set;
        });
    }

    /** @param keys null where a whole dictionary is taken in */
    static Expr dictionary(Span span, List<@Nullable Expr> keys, List<Expr> values) {
        return new Worked(span, "dict literal", (scope, at) -> {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                Expr key = keys.get(i);
                Object value = values.get(i).eval(scope);
                if (key != null) {
                    map.put(Values.key(key.eval(scope)), value);
                } else if (value instanceof Map<?, ?> more) {
                    map.putAll(more);
                } else {
                    scope.at(at);
                    throw Raised.of("TypeError", "'" + Values.type(value) + "' object is not a mapping");
                }
            }
            return map;
        });
    }

    /** A {@code for … in … if …} of a comprehension. */
    record Source(Expr target, Expr values, List<Expr> conditions) {}

    private static void each(Scope scope, List<Source> sources, int depth, Runnable found) {
        if (depth == sources.size()) {
            found.run();
            return;
        }
        Source source = sources.get(depth);
        Object values = source.values().eval(scope);
        scope.at(source.values().span());
        for (Iterator<Object> all = Values.iterate(values); all.hasNext(); ) {
            scope.machinery().turn();
            source.target().assign(scope, all.next());
            if (source.conditions().stream().allMatch(condition -> Values.truth(condition.eval(scope)))) {
                each(scope, sources, depth + 1, found);
            }
        }
    }

    /** @param kind {@code list}, {@code set}, {@code dict} or {@code generator} */
    static Expr comprehension(Span span, String kind, Expr item, @Nullable Expr value, List<Source> sources) {
        return new Worked(span, kind + " comprehension", (scope, at) -> {
            Scope inner = scope.inner("<" + kind + "comp>", Set.of());
            List<Object> items = new ArrayList<>();
            Map<Object, Object> map = new LinkedHashMap<>();
            BiConsumer<Object, Object> put = (key, of) -> map.put(Values.key(key), of);
            try {
                each(inner, sources, 0, () -> {
                    Object made = item.eval(inner);
                    if (value == null) {
                        items.add(made);
                    } else {
                        put.accept(made, value.eval(inner));
                    }
                });
            } catch (Raised raised) {
                scope.at(at);
                if (scope.machinery().minor() < 12) {
                    inner.leave(raised);
                }
                throw raised;
            }
            return switch (kind) {
                case "list" -> items;
                case "set" -> new LinkedHashSet<>(items);
                case "dict" -> map;
                default -> new Sequence.Once("generator", items.iterator());
            };
        });
    }

    /** @param names of the arguments; empty for those by place */
    static Expr call(Span span, Expr function, List<Expr> arguments, List<String> names) {
        return new Worked(span, "function call", (scope, at) -> {
            Object called = function.eval(scope);
            List<Object> items = new ArrayList<>();
            Map<String, Object> named = new LinkedHashMap<>();
            for (int i = 0; i < arguments.size(); i++) {
                Expr argument = arguments.get(i);
                Object value = argument.eval(scope);
                if (argument instanceof Names.Starred star && star.isTwice()) {
                    ((Map<?, ?>) value).forEach((key, of) -> named.put(Values.str(key), of));
                } else if (argument instanceof Names.Starred) {
                    items.addAll(Values.list(value));
                } else if (names.get(i).isEmpty()) {
                    items.add(value);
                } else {
                    named.put(names.get(i), value);
                }
            }
            scope.at(at);
            scope.machinery().turn();
            return Attributes.call(scope, called, new Arguments(items, named));
        });
    }

    /** A text with values in it: {@code parts} in order, formatted where they are no constants. */
    static Expr formatted(Span span, List<Expr> parts) {
        return new Worked(span, "f-string expression", (scope, at) -> {
            StringBuilder text = new StringBuilder();
            for (Expr part : parts) {
                text.append(Values.str(part.eval(scope)));
            }
            return text.toString();
        });
    }

    /** {@code {value!r:spec}} of such a text. */
    static Expr field(Span span, Expr value, String conversion, Expr spec) {
        return new Worked(span, "f-string expression", (scope, at) -> {
            Object of = value.eval(scope);
            Object shown = conversion.isEmpty() ? of : conversion.equals("s") ? Values.str(of) : Repr.of(of);
            String form = Values.str(spec.eval(scope));
            scope.at(at);
            return Formatting.format(shown, form);
        });
    }
}
