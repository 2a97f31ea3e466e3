package dev.kuar.kubectl.print;

import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a kind as the server laid them out.
 *
 * @param columns titles with their priority, in order
 * @param rows in order
 */
public record Table(List<Column> columns, List<Row> rows) {
    /** What asks a server for tables. */
    public static final String ACCEPT = "application/json;as=Table;v=v1;g=meta.k8s.io,"
            + "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

    /**
     * A column.
     *
     * @param name its title as the server spells it
     * @param priority 0 for those that are always shown
     */
    public record Column(String name, long priority) {}

    /**
     * A row.
     *
     * @param cells texts in the order of the columns
     * @param object the object, or what the server sent of it
     */
    public record Row(List<String> cells, Tree object) {}

    /** The table of an answer; of one that is none, name and age. {@code previous} gives a watch's columns. */
    public static Table of(Tree answer, @Nullable Table previous, java.time.Clock clock) {
        if (!"Table".equals(answer.kind())) {
            return plain(answer, clock);
        }
        List<Column> columns = new ArrayList<>();
        for (Tree column : answer.items("columnDefinitions")) {
            columns.add(new Column(column.text("name"), column.number(0, "priority")));
        }
        List<Row> rows = new ArrayList<>();
        for (Tree row : answer.items("rows")) {
            rows.add(new Row(row.items("cells").stream().map(Table::cell).toList(), row.at("object")));
        }
        return new Table(columns.isEmpty() && previous != null ? previous.columns() : columns, rows);
    }

    private static Table plain(Tree answer, java.time.Clock clock) {
        List<Tree> items = answer.at("items").isList() ? answer.items("items") : List.of(answer);
        List<Row> rows = new ArrayList<>();
        for (Tree item : items) {
            String age = dev.kuar.kubectl.data.Ages.since(item.text("metadata", "creationTimestamp"), clock);
            rows.add(new Row(List.of(item.name(), age), item));
        }
        return new Table(List.of(new Column("Name", 0), new Column("Age", 0)), rows);
    }

    private static String cell(Tree cell) {
        String text = cell.isMap() || cell.isList() ? dev.kuar.kubectl.data.Go.value(cell.value()) : cell.text();
        int end = 0;
        while (end < text.length() && "\n\r\f".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end < text.length() ? text.substring(0, end) + "..." : text.replace('\t', ' ');
    }

    /** The rows as maps of lower-case titles to texts, the namespace among them. */
    public List<Map<String, String>> asMaps() {
        List<Map<String, String>> maps = new ArrayList<>();
        for (Row row : rows) {
            Map<String, String> map = new LinkedHashMap<>();
            String namespace = row.object().namespace();
            if (!namespace.isEmpty()) {
                map.put("namespace", namespace);
            }
            for (int i = 0; i < Math.min(columns.size(), row.cells().size()); i++) {
                map.put(
                        columns.get(i).name().toLowerCase(Locale.ROOT),
                        row.cells().get(i));
            }
            maps.add(map);
        }
        return maps;
    }
}
