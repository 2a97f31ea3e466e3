package dev.kuar.practice.http;

import dev.kuar.practice.api.Served;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Columns;
import dev.kuar.practice.schema.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The compiled columns of kinds, kept as long as a front lives and the kind is served. Thread-safe. */
final class TableColumns {
    private static final int KEPT = 500;

    private final Map<Kind, Compiled> compiled = Collections.synchronizedMap(new IdentityHashMap<>());

    /** Columns, and by version what makes the forms of their rows. */
    private record Compiled(Columns columns, Map<String, Function<Served, RowForm>> forms) {}

    private Compiled of(Kind kind) {
        if (compiled.size() > KEPT) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(kind, fresh -> new Compiled(Columns.of(fresh), new ConcurrentHashMap<>()));
    }

    List<Object> definitions(Kind kind) {
        return new ArrayList<>(of(kind).columns().definitions());
    }

    @SuppressWarnings("NullAway") // a tree to be written, where null is a value
    List<Object> cells(Kind kind, KubeObject object, Instant now) {
        return new ArrayList<>(of(kind).columns().cells(object, now));
    }

    /** What makes an object's {@link RowForm}: always the same for a kind and a version, so that forms can be kept by it. */
    Function<Served, RowForm> forms(Kind kind, String version) {
        Compiled known = of(kind);
        return known.forms()
                .computeIfAbsent(
                        version,
                        ignored -> object ->
                                RowForm.of(cells(known.columns(), object), Slice.ofMetadata(object.json()), version));
    }

    private static List<@Nullable Object> cells(Columns columns, Served object) {
        return columns.cells(object.object());
    }
}
