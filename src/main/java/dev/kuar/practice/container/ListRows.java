package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.LinkNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The rows of {@code ls -l}, and names in columns. */
final class ListRows {
    private static final long RECENT = 31_556_952_000L / 2;

    private final Task task;
    private final Options options;
    private final boolean gnu;

    ListRows(Task task, Options options) {
        this.task = task;
        this.options = options;
        this.gnu = Options.gnu(task);
    }

    /** A file with its path and the name that is shown. */
    record Entry(String path, String name, Inode node) {}

    String text(List<Entry> entries, Function<Entry, String> marked) {
        List<List<String>> rows = new ArrayList<>();
        for (Entry each : entries) {
            rows.add(cells(each));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            Entry entry = entries.get(i);
            String target = entry.node() instanceof LinkNode link ? " -> " + link.target() : "";
            text.append(gnu ? aligned(rows, i) : fixed(rows.get(i)))
                    .append(' ')
                    .append(marked.apply(entry))
                    .append(target)
                    .append('\n');
        }
        return text.toString();
    }

    /** Inode, blocks, mode, links, user, group, size, time; empty where one was not asked for. */
    private List<String> cells(Entry entry) {
        Inode node = entry.node();
        FileTree tree = task.files().tree();
        String user = ContainerFiles.nameOf(tree, "/etc/passwd", node.uid());
        String group = ContainerFiles.nameOf(tree, "/etc/group", node.gid());
        boolean numbers = options.has('n');
        boolean noUser = options.has('g');
        boolean noGroup = gnu && (options.has('o') || options.has('G'));
        return List.of(
                options.has('i') ? Integer.toString(System.identityHashCode(node)) : "",
                options.has('s') ? Long.toString(DuTool.kilobytes(node)) : "",
                node.type() + ListTool.bits(node.mode()),
                Integer.toString(StatTool.links(node)),
                noUser ? "" : user.isEmpty() || numbers ? Integer.toString(node.uid()) : user,
                noGroup ? "" : group.isEmpty() || numbers ? Integer.toString(node.gid()) : group,
                size(node),
                time(node));
    }

    private String size(Inode node) {
        return options.has('h') ? DuTool.human(node.size()) : Long.toString(node.size());
    }

    private String time(Inode node) {
        ZonedDateTime when = Instant.ofEpochMilli(node.modified()).atZone(ZoneOffset.UTC);
        String style = options.value('3', "");
        if (options.has('2') || style.equals("full-iso")) {
            return DateFormat.of(gnu ? "%Y-%m-%d %H:%M:%S.%N %z" : "%Y-%m-%d %H:%M:%S %z", when, true);
        }
        if (style.equals("long-iso")) {
            return DateFormat.of("%Y-%m-%d %H:%M", when, true);
        }
        if (style.startsWith("+")) {
            return DateFormat.of(style.substring(1), when, true);
        }
        long age = task.container().clock().now().toEpochMilli() - node.modified();
        boolean recent = age > -RECENT && age < RECENT;
        if (style.equals("iso")) {
            return DateFormat.of(recent ? "%m-%d %H:%M" : "%Y-%m-%d ", when, true);
        }
        return DateFormat.of(recent ? "%b %e %H:%M" : "%b %e  %Y", when, true);
    }

    private static String aligned(List<List<String>> rows, int row) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < rows.get(row).size(); column++) {
            int at = column;
            int width =
                    rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
            if (width > 0) {
                boolean left = column == 2 || column == 4 || column == 5 || column == 7;
                text.append(text.isEmpty() ? "" : " ")
                        .append(String.format(
                                Locale.ROOT,
                                "%" + (left ? "-" : "") + width + "s",
                                rows.get(row).get(column)));
            }
        }
        return text.toString();
    }

    private String fixed(List<String> cells) {
        StringBuilder text = new StringBuilder();
        text.append(cells.get(0).isEmpty() ? "" : cells.get(0) + " ");
        text.append(cells.get(1).isEmpty() ? "" : String.format(Locale.ROOT, "%6s ", cells.get(1)));
        text.append(String.format(Locale.ROOT, "%s %4s ", cells.get(2), cells.get(3)));
        text.append(cells.get(4).isEmpty() ? "" : String.format(Locale.ROOT, "%-8s ", cells.get(4)));
        text.append(String.format(Locale.ROOT, "%-8s ", cells.get(5)));
        text.append(String.format(Locale.ROOT, options.has('h') ? "%7s %s" : "%9s %s", cells.get(6), cells.get(7)));
        return text.toString();
    }

    /** Down the columns, or across the rows; GNU's makes each as narrow as it can, busybox all alike. */
    static String columns(List<String> names, int width, boolean across, boolean gnu) {
        for (int count = gnu ? names.size() : fitting(names, width); count > 0; count--) {
            int lines = (names.size() + count - 1) / count;
            int used = across ? count : (names.size() + lines - 1) / lines;
            int[] widths = new int[used];
            for (int i = 0; i < names.size(); i++) {
                int column = across ? i % used : i / lines;
                widths[column] = Math.max(widths[column], names.get(i).length() + 2);
            }
            int all = java.util.stream.IntStream.of(widths).sum() - 2;
            if (gnu && all > width - 1 && count > 1) {
                continue;
            }
            int wide = names.stream().mapToInt(String::length).max().orElse(1) + 2;
            StringBuilder text = new StringBuilder();
            for (int line = 0; line < lines; line++) {
                StringBuilder row = new StringBuilder();
                for (int column = 0; column < used; column++) {
                    int i = across ? line * used + column : column * lines + line;
                    if (i < names.size()) {
                        String name = names.get(i);
                        row.append(name).append(" ".repeat((gnu ? widths[column] : wide) - name.length()));
                    }
                }
                text.append(row.toString().stripTrailing()).append('\n');
            }
            return text.toString();
        }
        return "";
    }

    private static int fitting(List<String> names, int width) {
        return Math.max(
                1, width / (names.stream().mapToInt(String::length).max().orElse(1) + 2));
    }
}
