package dev.kuar.kubectl.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Aligns text whose cells end with a tab, as Go's text/tabwriter: a column is a run of neighbouring lines that have a
 * cell there.
 *
 * @param minimum the least width of a column, padding included
 * @param padding blanks after the widest cell
 */
public record TabWriter(int minimum, int padding) {
    /** The stops of kubectl get. */
    public static final TabWriter TABLE = new TabWriter(6, 3);

    /** The stops of kubectl describe. */
    public static final TabWriter DESCRIBE = new TabWriter(0, 2);

    /** The aligned text; a line without a tab ends the columns above it. */
    public String align(String text) {
        List<List<String>> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(List.of(line.split("\t", -1)));
        }
        List<List<Integer>> widths = new ArrayList<>();
        lines.forEach(line -> widths.add(new ArrayList<>()));
        columns(lines, widths, 0, lines.size(), 0);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            List<String> line = lines.get(i);
            for (int cell = 0; cell < line.size(); cell++) {
                out.append(line.get(cell));
                if (cell < line.size() - 1) {
                    out.append(" ".repeat(Math.max(0, widths.get(i).get(cell) - width(line.get(cell)))));
                }
            }
            if (i < lines.size() - 1) {
                out.append('\n');
            }
        }
        return out.toString();
    }

    private void columns(List<List<String>> lines, List<List<Integer>> widths, int from, int to, int column) {
        for (int start = from; start < to; start++) {
            if (lines.get(start).size() - 1 <= column) {
                continue;
            }
            int end = start;
            int widest = minimum;
            while (end < to && lines.get(end).size() - 1 > column) {
                widest = Math.max(widest, width(lines.get(end).get(column)) + padding);
                end++;
            }
            for (int i = start; i < end; i++) {
                widths.get(i).add(widest);
            }
            columns(lines, widths, start, end, column + 1);
            start = end - 1;
        }
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
