package dev.kuar.practice.python;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What values have names and places for: variables, attributes, items, slices. */
final class Names {
    private Names() {}

    /** A variable. */
    static final class Name extends Expr {
        private final String name;

        Name(Span span, String name) {
            super(span);
            this.name = name;
        }

        String name() {
            return name;
        }

        @Override
        Object eval(Scope scope) {
            Object found = scope.names().get(name);
            if (found == null) {
                scope.at(span());
                found = scope.get(name);
            }
            return found;
        }

        @Override
        void assign(Scope scope, Object value) {
            scope.set(name, value);
        }

        @Override
        void delete(Scope scope) {
            scope.at(span());
            scope.delete(name);
        }

        @Override
        String named() {
            return "";
        }
    }

    /** {@code object.name}. */
    static final class Attribute extends Expr {
        private final Expr object;
        private final String name;

        Attribute(Span span, Expr object, String name) {
            super(span);
            this.object = object;
            this.name = name;
        }

        /** Dotted, where it is names all through; empty otherwise. */
        String dotted() {
            String before =
                    object instanceof Name one ? one.name() : object instanceof Attribute more ? more.dotted() : "";
            return before.isEmpty() ? "" : before + "." + name;
        }

        @Override
        Object eval(Scope scope) {
            Object of = object.eval(scope);
            scope.at(span());
            return Attributes.get(of, name);
        }

        @Override
        void assign(Scope scope, Object value) {
            Object of = object.eval(scope);
            scope.at(span());
            Attributes.set(of, name, value);
        }

        @Override
        void delete(Scope scope) {
            Object of = object.eval(scope);
            scope.at(span());
            if (!(of instanceof Instance instance) || instance.attributes().remove(name) == null) {
                throw Attributes.missing(of, name);
            }
        }

        @Override
        String named() {
            return "";
        }
    }

    /** {@code object[key]}. */
    static final class Item extends Expr {
        private final Expr object;
        private final Expr key;

        Item(Span span, Expr object, Expr key) {
            super(span);
            this.object = object;
            this.key = key;
        }

        @Override
        Object eval(Scope scope) {
            Object of = object.eval(scope);
            Object at = key.eval(scope);
            scope.at(span());
            return Items.get(of, at);
        }

        @Override
        void assign(Scope scope, Object value) {
            Object of = object.eval(scope);
            Object at = key.eval(scope);
            scope.at(span());
            Items.set(of, at, value);
        }

        @Override
        void delete(Scope scope) {
            Object of = object.eval(scope);
            Object at = key.eval(scope);
            scope.at(span());
            Items.delete(of, at);
        }

        @Override
        String named() {
            return "";
        }
    }

    /** {@code from:to:step} between brackets. */
    static final class Slice extends Expr {
        private final @Nullable Expr from;
        private final @Nullable Expr to;
        private final @Nullable Expr step;

        Slice(Span span, @Nullable Expr from, @Nullable Expr to, @Nullable Expr step) {
            super(span);
            this.from = from;
            this.to = to;
            this.step = step;
        }

        @Override
        Object eval(Scope scope) {
            return new Items.Part(
                    from == null ? Nothing.NONE : from.eval(scope),
                    to == null ? Nothing.NONE : to.eval(scope),
                    step == null ? Nothing.NONE : step.eval(scope));
        }
    }

    /** {@code *values} in a list, a call or a target; {@code **values} in a call or a dictionary. */
    static final class Starred extends Expr {
        private final Expr values;
        private final boolean twice;

        Starred(Span span, Expr values, boolean twice) {
            super(span);
            this.values = values;
            this.twice = twice;
        }

        boolean isTwice() {
            return twice;
        }

        Expr values() {
            return values;
        }

        @Override
        Object eval(Scope scope) {
            return values.eval(scope);
        }

        @Override
        void assign(Scope scope, Object value) {
            values.assign(scope, value);
        }

        @Override
        String named() {
            return values.named();
        }
    }

    /** {@code a, b} and {@code [a, b]}. */
    static final class Several extends Expr {
        private final List<Expr> parts;
        private final boolean list;
        private final boolean bracketed;

        Several(Span span, List<Expr> parts, boolean list) {
            this(span, parts, list, false);
        }

        private Several(Span span, List<Expr> parts, boolean list, boolean bracketed) {
            super(span);
            this.bracketed = bracketed;
            this.parts = parts;
            this.list = list;
        }

        List<Expr> parts() {
            return parts;
        }

        boolean isList() {
            return list;
        }

        /** Whether it stands without brackets of its own. */
        boolean isOpen() {
            return !list && !bracketed && !parts.isEmpty();
        }

        /** The same as something that stood in brackets. */
        Several bracketed() {
            return new Several(span(), parts, list, true);
        }

        @Override
        Object eval(Scope scope) {
            List<Object> values = new java.util.ArrayList<>();
            for (Expr part : parts) {
                if (part instanceof Starred) {
                    values.addAll(Values.list(part.eval(scope)));
                } else {
                    values.add(part.eval(scope));
                }
            }
            return list ? values : new Tuple(values);
        }

        @Override
        void assign(Scope scope, Object value) {
            scope.at(span());
            List<Object> values;
            try {
                values = Values.list(value);
            } catch (Raised other) {
                throw Raised.of("TypeError", "cannot unpack non-iterable " + Values.type(value) + " object");
            }
            int star = -1;
            for (int i = 0; i < parts.size(); i++) {
                star = parts.get(i) instanceof Starred ? i : star;
            }
            int spare = values.size() - parts.size();
            if (star < 0 ? spare < 0 : spare < -1) {
                throw Raised.of(
                        "ValueError",
                        "not enough values to unpack (expected " + (star < 0 ? "" : "at least ")
                                + (star < 0 ? parts.size() : parts.size() - 1) + ", got " + values.size() + ")");
            }
            if (star < 0 && spare > 0) {
                throw Raised.of(
                        "ValueError",
                        "too many values to unpack (expected " + parts.size()
                                + (scope.machinery().minor() < 14 ? "" : ", got " + values.size()) + ")");
            }
            int next = 0;
            for (int i = 0; i < parts.size(); i++) {
                int take = i == star ? spare + 1 : 1;
                parts.get(i)
                        .assign(
                                scope,
                                i == star
                                        ? new java.util.ArrayList<>(values.subList(next, next + take))
                                        : values.get(next));
                next += take;
            }
        }

        @Override
        void delete(Scope scope) {
            parts.forEach(part -> part.delete(scope));
        }

        @Override
        String named() {
            return parts.stream()
                    .map(Expr::named)
                    .filter(name -> !name.isEmpty())
                    .findFirst()
                    .orElse("");
        }
    }
}
