package dev.kuar.practice.container;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables with lines, as etcdctl draws them. */
final class EtcdctlTables {
    private EtcdctlTables() {}

    static String of(List<String> titles, List<String[]> rows) {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            int at = i;
            widths[i] = Math.max(
                    titles.get(i).length(),
                    rows.stream()
                            .mapToInt(r -> at < r.length ? r[at].length() : 0)
                            .max()
                            .orElse(0));
        }
        StringBuilder line = new StringBuilder("+");
        for (int width : widths) {
            line.append("-".repeat(width + 2)).append('+');
        }
        StringBuilder out = new StringBuilder()
                .append(line)
                .append('\n')
                .append(row(titles.toArray(new String[0]), widths))
                .append(line)
                .append('\n');
        rows.forEach(r -> out.append(row(r, widths)));
        return out.append(line).append('\n').toString();
    }

    private static String row(@Nullable String[] cells, int[] widths) {
        StringBuilder row = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String cell = i < cells.length && cells[i] != null ? cells[i] : "";
            int room = widths[i] - cell.length();
            row.append(" ".repeat(1 + room / 2 + room % 2 - room % 2))
                    .append(cell)
                    .append(" ".repeat(1 + room - room / 2))
                    .append('|');
        }
        return row.append('\n').toString();
    }
}
