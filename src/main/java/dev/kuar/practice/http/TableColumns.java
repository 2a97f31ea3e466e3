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
    List<Object> definitions(Kind kind) {
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

    List<Object> cells(Kind kind, KubeObject object, Instant now) {
        List<Object> cells = new ArrayList<>();
        for (Column column : kind.columns()) {
            String created = object.text("metadata", "creationTimestamp");
            if (column.format().equals("name")) {
                cells.add(object.name());
            } else if (created.isEmpty()) {
                cells.add("<unknown>");
            } else {
                cells.add(Duration.between(Instant.parse(created), now).toSeconds() + "s");
            }
        }
        return cells;
    }
}
