package dev.kuar.practice.python;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of one call, of a module or of a class that is being made, and where the program is in it. */
final class Scope {
    private final Machinery machinery;
    private final Map<String, Object> names;
    private final @Nullable Scope outer;
    private final Scope globals;
    private final Set<String> elsewhere = new HashSet<>();
    private final Set<String> own;
    private final String function;
    private final Code code;
    private @Nullable Span at;
    private @Nullable Raised handled;

    private Scope(
            Machinery machinery,
            Map<String, Object> names,
            @Nullable Scope outer,
            @Nullable Scope globals,
            Set<String> own,
            String function,
            Code code) {
        this.machinery = machinery;
        this.names = names;
        this.outer = outer;
        this.globals = globals == null ? this : globals;
        this.own = own;
        this.function = function;
        this.code = code;
    }

    /** The source that is being run, under the name that tracebacks show. */
    record Code(String file, String source) {}

    static Scope module(Machinery machinery, Map<String, Object> names, Code code) {
        return new Scope(machinery, names, null, null, Set.of(), "<module>", code);
    }

    /** @param own the names that belong to the inner scope, set or not */
    Scope inner(String name, Set<String> own) {
        return new Scope(machinery, new LinkedHashMap<>(), this, globals, own, name, code);
    }

    Machinery machinery() {
        return machinery;
    }

    Map<String, Object> names() {
        return names;
    }

    Scope globals() {
        return globals;
    }

    /** The line and the columns that are being worked on. */
    void at(Span span) {
        at = span;
    }

    /** Notes on an exception that it leaves this call. */
    void leave(Raised raised) {
        Span span = at;
        if (span != null && !raised.isNotedIn(this)) {
            raised.places().add(new Raised.Place(code.file(), span, function, code.source()));
        }
    }

    int line() {
        return at == null ? 1 : at.line();
    }

    @Nullable
    Raised handled() {
        return handled;
    }

    void handle(@Nullable Raised raised) {
        handled = raised;
    }

    void declareElsewhere(String name) {
        elsewhere.add(name);
    }

    Object get(String name) {
        for (Scope scope = elsewhere.contains(name) ? outer : this; scope != null; scope = scope.outer) {
            Object found = scope.names.get(name);
            boolean shadow = scope != this && scope.function.startsWith("<class ") && !name.equals("__class__");
            if (found != null && !shadow) {
                return found;
            }
            if (scope == this && own.contains(name)) {
                throw Raised.of(
                        "UnboundLocalError",
                        machinery.minor() < 11
                                ? "local variable '" + name + "' referenced before assignment"
                                : "cannot access local variable '" + name
                                        + "' where it is not associated with a value");
            }
        }
        Object found = machinery.builtins().get(name);
        if (found == null) {
            throw Raised.of("NameError", "name '" + name + "' is not defined" + machinery.hint(name));
        }
        return found;
    }

    void set(String name, Object value) {
        home(name).names.put(name, value);
    }

    void delete(String name) {
        if (home(name).names.remove(name) == null) {
            throw Raised.of("NameError", "name '" + name + "' is not defined");
        }
    }

    private Scope home(String name) {
        if (!elsewhere.contains(name)) {
            return this;
        }
        for (Scope scope = outer; scope != null && scope != globals; scope = scope.outer) {
            if (scope.names.containsKey(name)) {
                return scope;
            }
        }
        return globals;
    }
}
