package dev.kuar.practice.http;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Column;
import dev.kuar.practice.schema.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A kind's columns as a Table shows them. */
final class TableColumns {
    private TableColumns() {}

    static List<Object> definitions(Kind kind) {
        List<Object> definitions = new ArrayList<>();
        for (Column column : kind.columns()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", column.name());
            tree.put("type", column.type());
            tree.put("format", column.format());
            tree.put("description", column.description());
            tree.put("priority", (long) column.priority());
            definitions.add(tree);
        }
        return definitions;
    }

    static List<Object> cells(Kind kind, KubeObject object, Instant now) {
        List<Object> cells = new ArrayList<>();
        for (Column column : kind.columns()) {
            if (column.format().equals("name")) {
                cells.add(object.name());
            } else if (column.cell().startsWith(".")) {
                Object value = object.at(column.cell().substring(1).split("\\.", -1));
                cells.add(value == null ? "<none>" : value);
            } else {
                String created = object.text("metadata", "creationTimestamp");
                cells.add(
                        created.isEmpty()
                                ? "<unknown>"
                                : Duration.between(Instant.parse(created), now).toSeconds() + "s");
            }
        }
        return cells;
    }
}
