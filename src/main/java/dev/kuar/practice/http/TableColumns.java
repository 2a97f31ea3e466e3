package dev.kuar.practice.http;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Columns;
import dev.kuar.practice.schema.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The compiled columns of kinds, kept as long as a front lives and the kind is served. Thread-safe. */
final class TableColumns {
    private static final int KEPT = 500;

    private final Map<Kind, Columns> compiled = Collections.synchronizedMap(new IdentityHashMap<>());

    private Columns of(Kind kind) {
        if (compiled.size() > KEPT) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(kind, Columns::of);
    }

    List<Object> definitions(Kind kind) {
        return new ArrayList<>(of(kind).definitions());
    }

    @SuppressWarnings("NullAway") // a tree to be written, where null is a value
    List<Object> cells(Kind kind, KubeObject object, Instant now) {
        return new ArrayList<>(of(kind).cells(object, now));
    }
}
