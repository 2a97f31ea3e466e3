package dev.kuar.practice.cel;

import java.util.Arrays;
import java.util.List;

/**
 * The names from a variable down to a part of it: fields, {@code @items}, {@code @keys}, {@code @values}.
 *
 * <p>Paths that grow from one and the same path may share what comes after it, so that the later one changes what the
 * earlier one says: slices of Go do that, and what Kubernetes estimates follows from it.
 */
final class ElementPath {
    static final ElementPath NONE = new ElementPath(new String[0], 0);

    private final String[] names;
    private final int length;

    private ElementPath(String[] names, int length) {
        this.names = names;
        this.length = length;
    }

    static ElementPath of(String variable) {
        return new ElementPath(new String[] {variable}, 1);
    }

    ElementPath with(String name) {
        String[] grown = length < names.length ? names : Arrays.copyOf(names, Math.max(1, 2 * length));
        grown[length] = name;
        return new ElementPath(grown, length + 1);
    }

    /** Shares nothing with this one. */
    ElementPath copy() {
        return new ElementPath(Arrays.copyOf(names, length), length);
    }

    List<String> names() {
        return Arrays.asList(names).subList(0, length);
    }

    boolean isEmpty() {
        return length == 0;
    }
}
