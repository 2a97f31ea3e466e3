package dev.kuar.practice.python;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statements of more than one part. */
final class Statements {
    private Statements() {}

    static Stmt block(List<Stmt> all) {
        List<Stmt> statements = List.copyOf(all);
        return scope -> {
            for (Stmt statement : statements) {
                statement.run(scope);
            }
        };
    }

    static Stmt choice(Expr condition, Stmt yes, Stmt no) {
        return scope -> (Values.truth(condition.eval(scope)) ? yes : no).run(scope);
    }

    static Stmt loop(Expr condition, Stmt body, Stmt otherwise) {
        return scope -> {
            while (Values.truth(condition.eval(scope))) {
                scope.at(condition.span());
                scope.machinery().turn();
                if (!once(scope, body)) {
                    return;
                }
            }
            otherwise.run(scope);
        };
    }

    static Stmt each(Expr target, Expr values, Stmt body, Stmt otherwise) {
        return scope -> {
            Object of = values.eval(scope);
            scope.at(values.span());
            for (Iterator<Object> all = Values.iterate(of); all.hasNext(); ) {
                scope.at(values.span());
                scope.machinery().turn();
                target.assign(scope, all.next());
                if (!once(scope, body)) {
                    return;
                }
            }
            otherwise.run(scope);
        };
    }

    /** A turn of a loop; false where it was the last. */
    private static boolean once(Scope scope, Stmt body) {
        try {
            body.run(scope);
            return true;
        } catch (Jump jump) {
            if (jump.kind() == Jump.Kind.CONTINUE) {
                return true;
            }
            if (jump.kind() == Jump.Kind.BREAK) {
                return false;
            }
            throw jump;
        }
    }

    /** @param type null where all is caught */
    record Handler(@Nullable Expr type, String name, Stmt body) {
        private boolean fits(Scope scope, Raised raised) {
            Object wanted = type == null ? Exceptions.of("BaseException") : type.eval(scope);
            for (Object each : wanted instanceof Tuple several ? several.items() : List.of(wanted)) {
                if (!(each instanceof Klass one) || !one.isException()) {
                    throw Raised.of(
                            "TypeError", "catching classes that do not inherit from BaseException is not allowed");
                }
                if (raised.value().type().isA(one)) {
                    return true;
                }
            }
            return false;
        }
    }

    static Stmt attempt(Stmt body, List<Handler> handlers, Stmt otherwise, Stmt last) {
        return scope -> {
            try {
                tried(scope, body, handlers, otherwise);
            } finally {
                last.run(scope);
            }
        };
    }

    private static void tried(Scope scope, Stmt body, List<Handler> handlers, Stmt otherwise) {
        try {
            body.run(scope);
        } catch (Raised raised) {
            scope.leave(raised);
            raised.note(scope);
            for (Handler handler : handlers) {
                if (handler.fits(scope, raised)) {
                    Raised before = scope.handled();
                    scope.handle(raised);
                    if (!handler.name().isEmpty()) {
                        scope.set(handler.name(), raised.value());
                    }
                    handled(scope, raised, handler);
                    scope.handle(before);
                    return;
                }
            }
            throw raised;
        }
        otherwise.run(scope);
    }

    private static void handled(Scope scope, Raised raised, Handler handler) {
        try {
            handler.body().run(scope);
        } catch (Raised other) {
            other.follows(raised, "During handling of the above exception, another exception occurred:");
            throw other;
        }
    }

    /** @param cause what it is said to come from; null where nothing is said */
    static Stmt raise(Span span, @Nullable Expr what, @Nullable Expr cause) {
        return scope -> {
            scope.at(span);
            Raised handled = scope.handled();
            if (what == null) {
                if (handled == null) {
                    throw Raised.of("RuntimeError", "No active exception to reraise");
                }
                throw handled;
            }
            Object value = what.eval(scope);
            scope.at(span);
            if (value instanceof Klass type && type.isException()) {
                value = type.call(Arguments.of());
            }
            if (!(value instanceof Instance instance) || !instance.type().isException()) {
                throw Raised.of("TypeError", "exceptions must derive from BaseException");
            }
            Raised raised = new Raised(instance);
            if (cause != null) {
                Object from = cause.eval(scope);
                boolean known = handled != null && handled.value() == from;
                raised.follows(
                        known ? handled : null, "The above exception was the direct cause of the following exception:");
            }
            throw raised;
        };
    }

    /** {@code with context as target}. */
    static Stmt with(Expr context, @Nullable Expr target, Stmt body) {
        return scope -> {
            Object manager = context.eval(scope);
            scope.at(context.span());
            Object enter = Attributes.find(manager, "__enter__");
            if (enter == null) {
                throw Raised.of(
                        "TypeError",
                        "'" + Values.type(manager) + "' object does not support the context manager protocol");
            }
            Object entered = Attributes.call(scope, enter, Arguments.of());
            if (target != null) {
                target.assign(scope, entered);
            }
            Object exit = Attributes.get(manager, "__exit__");
            try {
                body.run(scope);
            } catch (Raised raised) {
                Arguments why = Arguments.of(raised.value().type(), raised.value(), Nothing.NONE);
                if (!Values.truth(Attributes.call(scope, exit, why))) {
                    throw raised;
                }
                return;
            } catch (Jump jump) {
                Attributes.call(scope, exit, Arguments.of(Nothing.NONE, Nothing.NONE, Nothing.NONE));
                throw jump;
            }
            Attributes.call(scope, exit, Arguments.of(Nothing.NONE, Nothing.NONE, Nothing.NONE));
        };
    }

    static Stmt type(String name, List<Expr> bases, Stmt body, List<Expr> decorators) {
        return scope -> {
            List<Klass> above = new ArrayList<>();
            for (Expr base : bases) {
                Object value = base.eval(scope);
                if (value instanceof Klass type) {
                    above.add(type);
                } else if (!(value instanceof Types.Type type) || !type.name().equals("object")) {
                    throw new NotModelled(
                            "classes that inherit from " + Repr.of(value),
                            base.span().line());
                }
            }
            Klass made = new Klass(name, "__main__", above);
            Scope inner = scope.inner("<class " + name, Set.of());
            inner.names().put("__class__", made);
            body.run(inner);
            inner.names().forEach((attribute, value) -> {
                if (!attribute.equals("__class__")) {
                    made.attributes().put(attribute, value);
                }
            });
            scope.set(name, decorated(scope, made, decorators));
        };
    }

    static Object decorated(Scope scope, Object value, List<Expr> decorators) {
        Object result = value;
        for (int i = decorators.size() - 1; i >= 0; i--) {
            Object decorator = decorators.get(i).eval(scope);
            scope.at(decorators.get(i).span());
            result = Attributes.call(scope, decorator, Arguments.of(result));
        }
        return result;
    }
}
