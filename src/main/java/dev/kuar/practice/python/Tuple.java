package dev.kuar.practice.python;

import java.util.List;

/** A tuple. */
record Tuple(List<Object> items) {
    Tuple {
        items = List.copyOf(items);
    }

    static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }
}
