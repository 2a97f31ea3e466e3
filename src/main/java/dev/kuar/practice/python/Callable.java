package dev.kuar.practice.python;

/** Something that can be called. */
interface Callable {
    Object call(Arguments arguments);

    String name();

    /** A function of the library. */
    static Callable of(String name, java.util.function.Function<Arguments, Object> body) {
        return new Builtin(name, body);
    }

    /** A function that is written in Java. */
    record Builtin(String name, java.util.function.Function<Arguments, Object> body) implements Callable {
        @Override
        public Object call(Arguments arguments) {
            return body.apply(arguments);
        }
    }

    /** A function with what it was asked of. */
    record Bound(Object self, Callable function) implements Callable {
        @Override
        public Object call(Arguments arguments) {
            java.util.List<Object> items = new java.util.ArrayList<>();
            items.add(self);
            items.addAll(arguments.items());
            return function.call(new Arguments(items, arguments.named()));
        }

        @Override
        public String name() {
            return function.name();
        }
    }
}
