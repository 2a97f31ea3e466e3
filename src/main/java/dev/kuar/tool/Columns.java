package dev.kuar.tool;

import java.util.List;

/** Rows under titles with two or three spaces between columns, as most of these tools print lists. */
final class Columns {
    private Columns() {}

    /** The text, a line a row, the first row being the titles; the last column is not padded. */
    static String text(List<List<String>> rows, int gap) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                text.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + gap));
            }
            text.append(row.get(columns - 1)).append('\n');
        }
        return text.toString();
    }
}
