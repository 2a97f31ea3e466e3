package dev.kuar.practice.container;

import dev.kuar.practice.container.LineChanges.Change;
import java.util.ArrayList;
import java.util.List;

/** Changes of lines as diff prints them. Lines keep their ends. */
final class DiffFormat {
    private static final String UNENDED = "\\ No newline at end of file\n";

    private final List<String> one;
    private final List<String> other;
    private final StringBuilder out = new StringBuilder();

    DiffFormat(List<String> one, List<String> other) {
        this.one = one;
        this.other = other;
    }

    /** As {@code ed} would be told it: {@code 3c3}, {@code 4,5d3}, {@code 6a7}. */
    String normal(List<Change> changes) {
        for (Change each : changes) {
            boolean adds = each.from() == each.to();
            boolean removes = each.otherFrom() == each.otherTo();
            out.append(span(each.from(), each.to()))
                    .append(adds ? 'a' : removes ? 'd' : 'c')
                    .append(span(each.otherFrom(), each.otherTo()))
                    .append('\n');
            lines("< ", one, each.from(), each.to());
            if (!adds && !removes) {
                out.append("---\n");
            }
            lines("> ", other, each.otherFrom(), each.otherTo());
        }
        return out.toString();
    }

    private static String span(int from, int to) {
        return to <= from ? Integer.toString(from) : to == from + 1 ? Integer.toString(to) : (from + 1) + "," + to;
    }

    /** In pieces with {@code context} lines around what changes. */
    String unified(List<Change> changes, int context) {
        for (int i = 0; i < changes.size(); ) {
            List<Change> piece = new ArrayList<>();
            do {
                piece.add(changes.get(i++));
            } while (i < changes.size()
                    && changes.get(i).from() - piece.get(piece.size() - 1).to() <= 2 * context);
            piece(piece, context);
        }
        return out.toString();
    }

    private void piece(List<Change> changes, int context) {
        Change first = changes.get(0);
        Change last = changes.get(changes.size() - 1);
        int before = Math.min(context, first.from());
        int after = Math.min(context, one.size() - last.to());
        out.append("@@ -")
                .append(range(first.from() - before, last.to() + after))
                .append(" +")
                .append(range(first.otherFrom() - before, last.otherTo() + after))
                .append(" @@\n");
        int at = first.from() - before;
        for (Change each : changes) {
            lines(" ", one, at, each.from());
            lines("-", one, each.from(), each.to());
            lines("+", other, each.otherFrom(), each.otherTo());
            at = each.to();
        }
        lines(" ", one, at, at + after);
    }

    private static String range(int from, int to) {
        int count = to - from;
        return count == 1 ? Integer.toString(to) : (count == 0 ? from : from + 1) + "," + count;
    }

    private void lines(String mark, List<String> lines, int from, int to) {
        for (String line : lines.subList(from, to)) {
            out.append(mark).append(line);
            if (!line.endsWith("\n")) {
                out.append('\n').append(UNENDED);
            }
        }
    }
}
