package dev.kuar.practice.http;

import dev.kuar.practice.api.Answer;
import dev.kuar.practice.api.Served;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Objects of one kind as a {@code meta.k8s.io} Table: columns, and a row an object. */
final class Tables {
    private static final int PIECE = 24 * 1024;

    private final Kind kind;
    private final Form form;
    private final Include include;
    private final TableColumns columns;
    private final ClusterClock clock;

    Tables(Kind kind, Form form, Include include, TableColumns columns, ClusterClock clock) {
        this.kind = kind;
        this.form = form;
        this.include = include;
        this.columns = columns;
        this.clock = clock;
    }

    /** What a row carries of its object. */
    enum Include {
        NONE,
        METADATA,
        OBJECT;

        /** From the query; 400 for another word. */
        static Include of(Call call) {
            String word = call.query("includeObject");
            return switch (word) {
                case "", "Metadata" -> METADATA;
                case "None" -> NONE;
                case "Object" -> OBJECT;
                default ->
                    throw Statuses.badRequest(
                            "Unable to convert to Table as requested: includeObject: Invalid value: \"" + word
                                    + "\": must be 'Metadata', 'Object', 'None', or empty");
            };
        }
    }

    Map<String, Object> of(Answer.One one) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        String version = one.object().object().resourceVersion();
        if (!version.isEmpty()) {
            metadata.put("resourceVersion", version);
        }
        return table(metadata, columns.definitions(kind), List.of(one.object()));
    }

    /** The table of a watch event; {@code first} ones carry the columns, later ones null. */
    Map<String, Object> of(Served object, boolean first, boolean rows) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resourceVersion", object.object().resourceVersion());
        return table(metadata, first ? columns.definitions(kind) : null, rows ? List.of(object) : List.of());
    }

    private Map<String, Object> table(
            Map<String, Object> metadata, @Nullable List<Object> definitions, List<Served> objects) {
        Map<String, Object> tree = head(metadata, definitions);
        Instant now = clock.now();
        List<Object> rows = new ArrayList<>(objects.size());
        ordered(objects).forEach(object -> rows.add(row(object.object(), now)));
        tree.put("rows", rows);
        return tree;
    }

    /** Rows of flow schemas stand in the order in which they are tried, all others as in the list. */
    private List<Served> ordered(List<Served> objects) {
        if (!kind.resource().equals("flowschemas") || kind.isCustom()) {
            return objects;
        }
        return objects.stream()
                .sorted(Comparator.comparingLong((Served each) -> each.object().number(0, "spec", "matchingPrecedence"))
                        .thenComparing(each -> each.object().name()))
                .toList();
    }

    private Map<String, Object> head(Map<String, Object> metadata, @Nullable List<Object> definitions) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "Table");
        tree.put("apiVersion", "meta.k8s.io/" + form.version());
        tree.put("metadata", metadata);
        putEvenNull(tree, "columnDefinitions", definitions);
        return tree;
    }

    private Map<String, Object> row(KubeObject object, Instant now) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("cells", columns.cells(kind, object, now));
        putEvenNull(
                row,
                "object",
                switch (include) {
                    case NONE -> null;
                    case METADATA -> Metadata.partial(object, form.version());
                    case OBJECT -> object.tree();
                });
        return row;
    }

    @SuppressWarnings("NullAway") // a tree to be written, where null is a value
    private static void putEvenNull(Map<String, Object> tree, String key, @Nullable Object value) {
        tree.put(key, value);
    }

    /** Writes a page row by row, so that a long list needs no tree of its own. */
    void write(Call call, Answer.Many many) throws IOException {
        if (form.encoding() != Form.Encoding.JSON
                || form.pretty()
                || many.items().size() < 8) {
            Reply.tree(call, many.code(), form, table(Metadata.ofList(many), columns.definitions(kind), many.items()));
            return;
        }
        try (OutputStream out = Reply.object(call, many.code(), Reply.JSON)) {
            byte[] head = JsonWriter.write(head(Metadata.ofList(many), columns.definitions(kind)));
            out.write(head, 0, head.length - 1);
            JsonWriter writer = new JsonWriter();
            writer.raw(",\"rows\":[");
            writeRows(writer, out, ordered(many.items()));
            writer.raw("]}\n").drainTo(out);
        }
    }

    private void writeRows(JsonWriter writer, OutputStream out, List<Served> items) throws IOException {
        Instant now = clock.now();
        Ages ages = new Ages(now);
        Function<Served, RowForm> forms = columns.forms(kind, form.version());
        String comma = "";
        for (Served item : items) {
            writer.raw(comma);
            if (include == Include.METADATA && !kind.resource().equals("daemonsets")) {
                item.kept(forms).write(writer, item.json(), ages);
            } else {
                writer.value(row(item.object(), now));
            }
            comma = ",";
            if (writer.length() > PIECE) {
                writer.drainTo(out);
            }
        }
    }
}
