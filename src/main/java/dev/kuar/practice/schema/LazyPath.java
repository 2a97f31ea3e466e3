package dev.kuar.practice.schema;

import org.jspecify.annotations.Nullable;

/**
 * Where a field is, as an error names it: {@code spec.ports[0].name}. It is put together only when it is asked for, as nearly
 * everything that rules look at is in order.
 */
final class LazyPath {
    private static final int NO_INDEX = -1;

    private final @Nullable LazyPath above;
    private final String name;
    private final int index;

    private LazyPath(@Nullable LazyPath above, String name, int index) {
        this.above = above;
        this.name = name;
        this.index = index;
    }

    /** The path of a whole object. */
    static LazyPath root() {
        return new LazyPath(null, "", NO_INDEX);
    }

    /** That of a field below; an empty name is this place itself. */
    LazyPath field(String field) {
        return field.isEmpty() ? this : new LazyPath(this, field, NO_INDEX);
    }

    /** That of an item of a list. */
    LazyPath item(int number) {
        return new LazyPath(this, "", number);
    }

    /** That of a value of a map. */
    LazyPath value(String key) {
        return new LazyPath(this, "[" + key + "]", NO_INDEX);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        addTo(text);
        return text.toString();
    }

    private void addTo(StringBuilder text) {
        if (above != null) {
            above.addTo(text);
        }
        if (index != NO_INDEX) {
            text.append('[').append(index).append(']');
        } else {
            boolean below = !text.isEmpty() && !name.startsWith("[");
            text.append(below ? "." : "").append(name);
        }
    }
}
