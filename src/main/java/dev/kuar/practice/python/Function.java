package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A function of the program. */
final class Function implements Callable {
    private static final int DEPTH = 900;

    private final String name;
    private final List<Parameter> parameters;
    private final Map<String, Object> defaults;
    private final Set<String> own;
    private final Scope defined;
    private final Body body;

    Function(
            String name,
            List<Parameter> parameters,
            Map<String, Object> defaults,
            Set<String> own,
            Scope defined,
            Body body) {
        this.name = name;
        this.parameters = parameters;
        this.defaults = defaults;
        this.own = own;
        this.defined = defined;
        this.body = body;
    }

    /** @param kind {@code *} and {@code **} take the rest, {@code k} is given by name alone */
    record Parameter(String name, String kind, @Nullable Expr otherwise) {}

    /** What a function does; says its value. */
    @FunctionalInterface
    interface Body {
        Object run(Scope scope);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Object call(Arguments arguments) {
        Scope scope = defined.inner(name, own);
        bind(scope, arguments);
        Machinery machinery = defined.machinery();
        machinery.turn();
        if (machinery.enter() > DEPTH) {
            machinery.leave();
            throw Raised.of("RecursionError", "maximum recursion depth exceeded");
        }
        try {
            return body.run(scope);
        } catch (Raised raised) {
            scope.leave(raised);
            throw raised;
        } finally {
            machinery.leave();
        }
    }

    private void bind(Scope scope, Arguments arguments) {
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        List<String> missing = new ArrayList<>();
        int next = 0;
        int places = 0;
        boolean rest = false;
        for (Parameter parameter : parameters) {
            String wanted = parameter.name();
            switch (parameter.kind()) {
                case "*" -> {
                    int from = Math.min(next, arguments.size());
                    scope.set(wanted, new Tuple(arguments.items().subList(from, arguments.size())));
                    next = arguments.size();
                    rest = true;
                }
                case "**" -> {
                    scope.set(wanted, new LinkedHashMap<Object, Object>(named));
                    named.clear();
                }
                default -> {
                    boolean byPlace = parameter.kind().isEmpty();
                    places += byPlace ? 1 : 0;
                    if (byPlace && next < arguments.size()) {
                        if (named.containsKey(wanted)) {
                            throw Raised.of("TypeError", name + "() got multiple values for argument '" + wanted + "'");
                        }
                        scope.set(wanted, arguments.items().get(next++));
                    } else if (named.containsKey(wanted)) {
                        scope.set(wanted, named.get(wanted));
                        named.remove(wanted);
                    } else if (defaults.containsKey(wanted)) {
                        scope.set(wanted, defaults.get(wanted));
                    } else {
                        missing.add("'" + wanted + "'");
                    }
                }
            }
        }
        if (!named.isEmpty()) {
            throw Raised.of(
                    "TypeError",
                    name + "() got an unexpected keyword argument '"
                            + named.keySet().iterator().next() + "'");
        }
        if (!missing.isEmpty()) {
            throw Raised.of(
                    "TypeError",
                    name + "() missing " + missing.size() + " required positional argument"
                            + (missing.size() == 1 ? "" : "s") + ": " + and(missing));
        }
        if (!rest && next < arguments.size()) {
            boolean some = !defaults.isEmpty();
            throw Raised.of(
                    "TypeError",
                    name + "() takes " + (some ? "from " + (places - defaults.size()) + " to " : "") + places
                            + " positional argument" + (places == 1 && !some ? "" : "s") + " but " + arguments.size()
                            + (arguments.size() == 1 ? " was given" : " were given"));
        }
    }

    private static String and(List<String> words) {
        if (words.size() < 3) {
            return String.join(" and ", words);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + ", and " + words.get(words.size() - 1);
    }
}
