package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import org.jspecify.annotations.Nullable;

/** Computes one cell of a table's row: a text, number, truth value or {@link Ago}; null where a custom resource has none. */
@FunctionalInterface
interface Cell {
    @Nullable
    Object of(KubeObject object);
}
