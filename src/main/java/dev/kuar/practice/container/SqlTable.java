package dev.kuar.practice.container;

import dev.kuar.practice.sql.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as MySQL's client shows them. */
final class SqlTable {
    private SqlTable() {}

    private static String text(@Nullable String value) {
        return value == null ? "NULL" : value;
    }

    /** In a frame. */
    static String framed(Outcome.Rows rows, boolean heads) {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            int width = heads ? rows.columns().get(i).name().length() : 0;
            for (List<@Nullable String> row : rows.rows()) {
                width = Math.max(width, text(row.get(i)).length());
            }
            widths.add(width);
        }
        StringBuilder out = new StringBuilder();
        StringBuilder edge = new StringBuilder("+");
        widths.forEach(width -> edge.append("-".repeat(width + 2)).append('+'));
        out.append(edge).append('\n');
        if (heads) {
            out.append('|');
            for (int i = 0; i < widths.size(); i++) {
                String name = rows.columns().get(i).name();
                out.append(' ')
                        .append(name)
                        .append(" ".repeat(widths.get(i) - name.length()))
                        .append(" |");
            }
            out.append('\n').append(edge).append('\n');
        }
        for (List<@Nullable String> row : rows.rows()) {
            out.append('|');
            for (int i = 0; i < widths.size(); i++) {
                String value = text(row.get(i));
                String fill = " ".repeat(widths.get(i) - value.length());
                boolean number = rows.columns().get(i).isNumber();
                out.append(' ').append(number ? fill + value : value + fill).append(" |");
            }
            out.append('\n');
        }
        return out.append(edge).append('\n').toString();
    }

    /** With tabs between values, for other programs. */
    static String plain(Outcome.Rows rows, boolean heads) {
        StringBuilder out = new StringBuilder();
        if (heads) {
            out.append(String.join(
                            "\t",
                            rows.columns().stream().map(Outcome.Column::name).toList()))
                    .append('\n');
        }
        for (List<@Nullable String> row : rows.rows()) {
            List<String> values = new ArrayList<>();
            row.forEach(value -> values.add(
                    text(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")));
            out.append(String.join("\t", values)).append('\n');
        }
        return out.toString();
    }

    /** One value a line, as after {@code \G}. */
    static String upright(Outcome.Rows rows) {
        int width = rows.columns().stream()
                .mapToInt(each -> each.name().length())
                .max()
                .orElse(0);
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (List<@Nullable String> row : rows.rows()) {
            out.append("*".repeat(27))
                    .append(' ')
                    .append(++number)
                    .append(". row ")
                    .append("*".repeat(27))
                    .append('\n');
            for (int i = 0; i < row.size(); i++) {
                String name = rows.columns().get(i).name();
                out.append(" ".repeat(width - name.length()))
                        .append(name)
                        .append(": ")
                        .append(text(row.get(i)))
                        .append('\n');
            }
        }
        return out.toString();
    }
}
