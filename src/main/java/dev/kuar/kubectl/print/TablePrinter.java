package dev.kuar.kubectl.print;

import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints tables as kubectl get does.
 *
 * <p>Remembers the widths of its columns, so that rows of a watch stand under those before.
 */
public final class TablePrinter {
    private final Options options;
    private final List<List<String>> pending = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();
    private boolean headed;

    public TablePrinter(Options options) {
        this.options = options;
        this.headed = options.noHeaders();
    }

    /**
     * What is shown.
     *
     * @param wide whether columns of low priority are shown
     * @param noHeaders whether titles are left out
     * @param withNamespace whether the namespace is the first column
     * @param showLabels whether all labels are the last column
     * @param labelColumns labels that get a column each
     */
    public record Options(
            boolean wide, boolean noHeaders, boolean withNamespace, boolean showLabels, List<String> labelColumns) {}

    /** Adds the rows of {@code table}; {@code kind} with a slash goes before names, {@code event} first. */
    public void add(Table table, String kind, String event) {
        if (!headed) {
            headed = true;
            pending.add(titles(table, event));
        }
        for (Table.Row row : table.rows()) {
            pending.add(cells(table, row, kind, event));
        }
    }

    private List<String> titles(Table table, String event) {
        List<String> titles = new ArrayList<>();
        if (!event.isEmpty()) {
            titles.add("EVENT");
        }
        if (options.withNamespace()) {
            titles.add("NAMESPACE");
        }
        for (Table.Column column : table.columns()) {
            if (options.wide() || column.priority() == 0) {
                titles.add(column.name().toUpperCase(Locale.ROOT));
            }
        }
        for (String label : options.labelColumns()) {
            titles.add(label.substring(label.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT));
        }
        if (options.showLabels()) {
            titles.add("LABELS");
        }
        return titles;
    }

    private List<String> cells(Table table, Table.Row row, String kind, String event) {
        List<String> cells = new ArrayList<>();
        if (!event.isEmpty()) {
            cells.add(event);
        }
        if (options.withNamespace()) {
            cells.add(row.object().namespace());
        }
        for (int i = 0; i < Math.min(table.columns().size(), row.cells().size()); i++) {
            Table.Column column = table.columns().get(i);
            if (options.wide() || column.priority() == 0) {
                boolean name = i == 0 && !kind.isEmpty();
                cells.add(name ? kind + row.cells().get(i) : row.cells().get(i));
            }
        }
        Map<String, String> labels = row.object().textMap("metadata", "labels");
        options.labelColumns().forEach(label -> cells.add(labels.getOrDefault(label, "")));
        if (options.showLabels()) {
            cells.add(labelsOf(row.object()));
        }
        return cells;
    }

    /** {@code a=b,c=d}, or {@code <none>}. */
    public static String labelsOf(Tree object) {
        Map<String, String> labels = object.textMap("metadata", "labels");
        return labels.isEmpty()
                ? "<none>"
                : labels.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }

    public boolean isEmpty() {
        return pending.isEmpty();
    }

    /** The text of what was added since the last call. */
    public String flush() {
        for (List<String> line : pending) {
            for (int i = 0; i < line.size() - 1; i++) {
                int width =
                        Math.max(6, line.get(i).codePointCount(0, line.get(i).length()) + 3);
                if (i < widths.size()) {
                    widths.set(i, Math.max(widths.get(i), width));
                } else {
                    widths.add(width);
                }
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> line : pending) {
            for (int i = 0; i < line.size(); i++) {
                String cell = line.get(i);
                out.append(cell);
                if (i < line.size() - 1) {
                    out.append(" ".repeat(widths.get(i) - cell.codePointCount(0, cell.length())));
                }
            }
            out.append('\n');
        }
        pending.clear();
        return out.toString();
    }
}
