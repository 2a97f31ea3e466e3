package dev.kuar.output;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns, three blanks apart, as kubectl prints them; widths count terminal columns. */
public final class Table {
    private static final int GAP = 3;

    private final List<List<String>> rows = new ArrayList<>();

    /** A table whose first row is {@code titles}. */
    public static Table titled(String... titles) {
        return new Table().row((Object[]) titles);
    }

    /** Adds a row; a shorter one leaves its last columns empty. Cells may be coloured; untrusted ones go through {@link SafeText}. */
    public Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    /** The lines, each cut where the terminal ends. */
    public List<String> lines(int columns) {
        return lines().stream().map(line -> DisplayWidth.cut(line, columns)).toList();
    }

    /** The lines, without trailing blanks. */
    public List<String> lines() {
        List<Integer> widths = widths();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(DisplayWidth.pad(row.get(i), widths.get(i) + GAP));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = DisplayWidth.of(row.get(i));
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(width, widths.get(i)));
                }
            }
        }
        return widths;
    }
}
