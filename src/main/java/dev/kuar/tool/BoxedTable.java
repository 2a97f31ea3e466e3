package dev.kuar.tool;

import java.util.List;

/** A table in lines, its titles in the middle, as minikube prints lists. */
final class BoxedTable {
    private static final int WIDE = 0x2E80;

    private BoxedTable() {}

    static String text(List<String> titles, List<List<String>> rows) {
        int[] widths = new int[titles.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(titles.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        rule(text, widths, "┌", "┬", "┐");
        for (int i = 0; i < widths.length; i++) {
            int space = widths[i] - width(titles.get(i));
            text.append("│ ")
                    .append(" ".repeat(space / 2))
                    .append(titles.get(i))
                    .append(" ".repeat(space - space / 2))
                    .append(' ');
        }
        text.append("│\n");
        rule(text, widths, "├", "┼", "┤");
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                text.append("│ ").append(row.get(i)).append(" ".repeat(widths[i] - width(row.get(i)) + 1));
            }
            text.append("│\n");
        }
        rule(text, widths, "└", "┴", "┘");
        return text.toString();
    }

    private static void rule(StringBuilder text, int[] widths, String left, String middle, String right) {
        for (int i = 0; i < widths.length; i++) {
            text.append(i == 0 ? left : middle).append("─".repeat(widths[i] + 2));
        }
        text.append(right).append('\n');
    }

    /** In columns of a terminal: pictures take two. */
    private static int width(String text) {
        return text.codePoints().map(c -> c == '✅' || c >= WIDE ? 2 : 1).sum();
    }
}
