package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of one kind, ready to print: its column definitions, and the cells of each row. Thread-safe. */
public final class Columns {
    private static final Descriptions DESCRIPTIONS = new Descriptions();

    private final List<Column> columns;
    private final List<Cell> cells = new ArrayList<>();

    private Columns(Kind kind) {
        columns = kind.columns();
        for (Column column : columns) {
            cells.add(kind.isCustom() ? custom(column) : Cells.compile(column.cell()));
        }
    }

    /** Compiles the columns of {@code kind}: keep the result. */
    public static Columns of(Kind kind) {
        return new Columns(kind);
    }

    /** What a Table has under {@code columnDefinitions}. */
    public List<Map<String, Object>> definitions() {
        List<Map<String, Object>> definitions = new ArrayList<>();
        for (Column column : columns) {
            Map<String, Object> definition = new LinkedHashMap<>();
            definition.put("name", column.name());
            definition.put("type", column.type());
            definition.put("format", column.format());
            definition.put("description", description(column.description()));
            definition.put("priority", (long) column.priority());
            definitions.add(definition);
        }
        return definitions;
    }

    /** One row: texts, numbers, truth values or null, in the order of the columns. */
    public List<@Nullable Object> cells(KubeObject object, Instant now) {
        List<@Nullable Object> row = cells(object);
        row.replaceAll(cell -> cell instanceof Ago ago ? ago.at(now) : cell);
        return row;
    }

    /** The same with an {@link Ago} where it depends on when one looks. */
    public List<@Nullable Object> cells(KubeObject object) {
        List<@Nullable Object> row = new ArrayList<>(cells.size());
        for (Cell cell : cells) {
            row.add(cell.of(object));
        }
        return row;
    }

    private static String description(String text) {
        if (!text.startsWith("@")) {
            return text;
        }
        int dot = text.lastIndexOf('.');
        String words = DESCRIPTIONS.of(text.substring(1, dot), text.substring(dot + 1));
        int values = words.indexOf("\n\nPossible enum values:");
        return values < 0 ? words : words.substring(0, values);
    }

    private static Cell custom(Column column) {
        JsonPath path = JsonPath.of(column.cell());
        return object -> {
            List<Object> found = path.find(object.tree());
            if (found.isEmpty()) {
                return column.type().equals("date") && column.name().equals("Age") ? "<unknown>" : null;
            }
            Object value = found.get(0);
            return switch (column.type()) {
                case "date" -> Ago.of(value.toString());
                case "integer" -> value instanceof Number number ? (Object) number.longValue() : null;
                case "number" -> value instanceof Number ? value : null;
                case "boolean" -> value instanceof Boolean ? value : null;
                default -> text(found);
            };
        };
    }

    private static String text(List<Object> found) {
        Object value = found.get(0);
        return value instanceof Map || value instanceof List ? JsonWriter.text(value) : String.valueOf(value);
    }
}
