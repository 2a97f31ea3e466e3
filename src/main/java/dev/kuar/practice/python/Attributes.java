package dev.kuar.practice.python;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attributes of values, and calls of what can be called. */
final class Attributes {
    private Attributes() {}

    static Object get(Object of, String name) {
        Object found = find(of, name);
        if (found == null) {
            throw missing(of, name);
        }
        return found;
    }

    /** Null where it has none of the name. */
    static @Nullable Object find(Object of, String name) {
        if (of instanceof Module module) {
            return module.attributes().get(name);
        }
        if (name.equals("__class__") && of instanceof Instance instance) {
            return instance.type();
        }
        if (of instanceof Instance instance) {
            return ofInstance(instance, name);
        }
        if (of instanceof Klass type) {
            Object found = type.find(name);
            return found != null || !name.equals("__name__") && !name.equals("__qualname__") ? found : type.name();
        }
        if (of instanceof Super above) {
            Object found = above.find(name);
            return found instanceof Callable function ? new Callable.Bound(above.self(), function) : found;
        }
        if (of instanceof Callable function && name.equals("__name__")) {
            return function.name();
        }
        if (of instanceof Types.Type type) {
            return type.attribute(name);
        }
        return Methods.find(of, name);
    }

    private static @Nullable Object ofInstance(Instance instance, String name) {
        Object own = instance.attributes().get(name);
        if (own != null) {
            return own;
        }
        Object found = instance.type().find(name);
        if (found instanceof Property property) {
            return property.getter().call(Arguments.of(instance));
        }
        if (found instanceof Fixed fixed) {
            return fixed.function();
        }
        if (found == null && name.equals("__dict__")) {
            return new java.util.LinkedHashMap<Object, Object>(instance.attributes());
        }
        return found instanceof Function function ? new Callable.Bound(instance, function) : found;
    }

    /** A value that is worked out when it is asked for. */
    record Property(Callable getter) {}

    /** A function of a class that is about no instance. */
    record Fixed(Callable function) implements Callable {
        @Override
        public Object call(Arguments arguments) {
            return function.call(arguments);
        }

        @Override
        public String name() {
            return function.name();
        }
    }

    /** What a class inherits, asked for by one of its instances. */
    record Super(Klass type, Object self) {
        @Nullable
        Object find(String name) {
            for (Klass base : type.bases()) {
                Object found = base.find(name);
                if (found != null) {
                    return found;
                }
            }
            boolean exception =
                    self instanceof Instance instance && instance.type().isException();
            return name.equals("__init__") && (exception || type.bases().isEmpty())
                    ? Callable.of("__init__", arguments -> {
                        if (exception && self instanceof Instance instance) {
                            List<Object> items = arguments.items();
                            instance.attributes().put("args", new Tuple(items.subList(1, items.size())));
                        }
                        return Nothing.NONE;
                    })
                    : null;
        }
    }

    static Raised missing(Object of, String name) {
        String owner = of instanceof Module module
                ? "module '" + module.name() + "'"
                : of instanceof Klass || of instanceof Types.Type
                        ? "type object '" + ((Callable) of).name() + "'"
                        : "'" + Values.type(of) + "' object";
        return Raised.of("AttributeError", owner + " has no attribute '" + name + "'");
    }

    static void set(Object of, String name, Object value) {
        if (of instanceof Instance instance) {
            instance.attributes().put(name, value);
        } else if (of instanceof Klass type && !type.shown().equals("<class '" + type.name() + "'>")) {
            type.attributes().put(name, value);
        } else if (of instanceof Module module) {
            module.attributes().put(name, value);
        } else if (of instanceof Klass || of instanceof Types.Type) {
            throw Raised.of(
                    "TypeError",
                    "cannot set '" + name + "' attribute of immutable type '" + ((Callable) of).name() + "'");
        } else {
            throw missing(of, name);
        }
    }

    static Object call(Scope scope, Object called, Arguments arguments) {
        if (called instanceof ScopeFunction function) {
            return function.call(scope, arguments);
        }
        if (called instanceof Callable function) {
            return function.call(arguments);
        }
        if (called instanceof Instance instance && instance.type().find("__call__") instanceof Callable function) {
            return new Callable.Bound(instance, function).call(arguments);
        }
        throw Raised.of("TypeError", "'" + Values.type(called) + "' object is not callable");
    }

    /** A function that looks at where it is called. */
    interface ScopeFunction {
        Object call(Scope scope, Arguments arguments);
    }

    /** The names that a value has, in order. */
    static List<Object> all(Object of) {
        Set<String> names = new java.util.TreeSet<>();
        if (of instanceof Module module) {
            names.addAll(module.attributes().keySet());
        } else if (of instanceof Instance instance) {
            names.addAll(instance.attributes().keySet());
            names.addAll(instance.type().attributes().keySet());
        } else if (of instanceof Klass type) {
            names.addAll(type.attributes().keySet());
        }
        return new java.util.ArrayList<>(names);
    }

    static BigInteger number(long number) {
        return BigInteger.valueOf(number);
    }

    static Map<Object, Object> map() {
        return new java.util.LinkedHashMap<>();
    }
}
