package dev.kuar.practice.etcdctl;

import java.util.List;

/** Tables with lines as etcdctl draws them: titles in the middle, cells at the right. */
final class Grid {
    private Grid() {}

    static String of(List<String> titles, List<List<String>> rows) {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            int at = i;
            widths[i] = Math.max(
                    titles.get(i).length(),
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        StringBuilder line = new StringBuilder("+");
        for (int width : widths) {
            line.append("-".repeat(width + 2)).append('+');
        }
        line.append('\n');
        StringBuilder out = new StringBuilder(line);
        out.append('|');
        for (int i = 0; i < widths.length; i++) {
            int room = widths[i] - titles.get(i).length();
            out.append(" ".repeat(1 + room / 2))
                    .append(titles.get(i))
                    .append(" ".repeat(1 + room - room / 2))
                    .append('|');
        }
        out.append('\n').append(line);
        for (List<String> row : rows) {
            out.append('|');
            for (int i = 0; i < widths.length; i++) {
                out.append(" ".repeat(1 + widths[i] - row.get(i).length()))
                        .append(row.get(i))
                        .append(" |");
            }
            out.append('\n');
        }
        return out.append(line).toString();
    }

    /** Cells with a comma between them, a row a line. */
    static String lines(List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        rows.forEach(row -> out.append(String.join(", ", row)).append('\n'));
        return out.toString();
    }
}
