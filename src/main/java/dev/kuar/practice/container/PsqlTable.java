package dev.kuar.practice.container;

import dev.kuar.practice.sql.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as psql shows them. */
final class PsqlTable {
    private PsqlTable() {}

    /** Columns below their names, and how many rows there are; {@code title} may be empty. */
    static String aligned(Outcome.Rows rows, String title, boolean counts) {
        int columns = rows.columns().size();
        int[] widths = new int[columns];
        for (int i = 0; i < columns; i++) {
            widths[i] = rows.columns().get(i).name().length();
            for (List<@Nullable String> row : rows.rows()) {
                widths[i] = Math.max(widths[i], text(row.get(i)).length());
            }
        }
        StringBuilder out = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            String name = rows.columns().get(i).name();
            int left = (widths[i] - name.length()) / 2;
            out.append(i > 0 ? "|" : "").append(' ').append(" ".repeat(left)).append(name);
            out.append(" ".repeat(widths[i] - name.length() - left)).append(' ');
            line.append(i > 0 ? "+" : "").append("-".repeat(widths[i] + 2));
        }
        String head =
                title.isEmpty() ? "" : " ".repeat(Math.max(0, (line.length() - title.length()) / 2)) + title + "\n";
        out.insert(0, head).append('\n').append(line).append('\n');
        for (List<@Nullable String> row : rows.rows()) {
            for (int i = 0; i < columns; i++) {
                String value = text(row.get(i));
                String fill = " ".repeat(widths[i] - value.length());
                boolean number = rows.columns().get(i).isNumber();
                out.append(i > 0 ? "|" : "").append(' ').append(number ? fill + value : value);
                out.append(i + 1 == columns ? "" : number ? " " : fill + " ");
            }
            out.append('\n');
        }
        int count = rows.rows().size();
        return out + (counts ? "(" + count + (count == 1 ? " row" : " rows") + ")\n\n" : "");
    }

    /** With a sign between values. */
    static String unaligned(Outcome.Rows rows, boolean heads, String separator) {
        StringBuilder out = new StringBuilder();
        if (heads) {
            out.append(String.join(
                            separator,
                            rows.columns().stream().map(Outcome.Column::name).toList()))
                    .append('\n');
        }
        for (List<@Nullable String> row : rows.rows()) {
            List<String> values = new ArrayList<>();
            row.forEach(value -> values.add(text(value)));
            out.append(String.join(separator, values)).append('\n');
        }
        int count = rows.rows().size();
        return out + (heads ? "(" + count + (count == 1 ? " row" : " rows") + ")\n" : "");
    }

    /** Rows alone, in columns. */
    static String bare(Outcome.Rows rows) {
        String all = aligned(rows, "", false);
        return all.substring(all.indexOf('\n', all.indexOf('\n') + 1) + 1) + "\n";
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** The line of a statement that is wrong, and where. */
    static String pointer(String sql, int position) {
        if (position == 0 || position > sql.length()) {
            return "";
        }
        int start = sql.lastIndexOf('\n', position - 2) + 1;
        int end = sql.indexOf('\n', position - 1);
        int number =
                1 + (int) sql.substring(0, start).chars().filter(c -> c == '\n').count();
        String head = "LINE " + number + ": ";
        return head + sql.substring(start, end < 0 ? sql.length() : end) + "\n"
                + " ".repeat(head.length() + position - 1 - start) + "^\n";
    }
}
