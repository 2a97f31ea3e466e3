package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Computes one cell of a table's row: a text, number or truth value; null where a custom resource has none. */
@FunctionalInterface
interface Cell {
    @Nullable
    Object of(KubeObject object, Instant now);
}
