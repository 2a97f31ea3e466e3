package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code ls}; {@link ListRows} lays out what {@code -l} asks for. */
final class ListTool {
    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("all", 'a'),
            Map.entry("almost-all", 'A'),
            Map.entry("directory", 'd'),
            Map.entry("human-readable", 'h'),
            Map.entry("inode", 'i'),
            Map.entry("recursive", 'R'),
            Map.entry("reverse", 'r'),
            Map.entry("size", 's'),
            Map.entry("numeric-uid-gid", 'n'),
            Map.entry("no-group", 'G'),
            Map.entry("classify", 'F'),
            Map.entry("file-type", 'D'),
            Map.entry("full-time", '2'),
            Map.entry("time-style", '3'),
            Map.entry("color", '4'),
            Map.entry("sort", '5'),
            Map.entry("dereference", 'L'),
            Map.entry("quote-name", 'Q'),
            Map.entry("group-directories-first", '6'),
            Map.entry("literal", 'N'));

    private final Task task;
    private final Options options;
    private final boolean gnu;
    private int code;
    private boolean first = true;

    private ListTool(Task task, Options options) {
        this.task = task;
        this.options = options;
        this.gnu = Options.gnu(task);
    }

    static void addTo(Map<String, Tool> tools) {
        Options.Body body = (task, options) -> new ListTool(task, options).run();
        Tool gnu = Options.tool("1aAbBcCdDfFgGhHiklLmnNopqQrRsStT:uUvw:xXZ23:4;5:6", NAMES, 2, body);
        Tool busybox = Options.tool(
                "1aAcCdeFghHiklLnpQrRsStT:uvw:xX24;",
                Map.of("full-time", '2', "color", '4', "group-directories-first", '6'),
                1,
                body);
        tools.put("ls", task -> (Options.gnu(task) ? gnu : busybox).run(task));
    }

    private boolean is(char letter) {
        return options.has(letter);
    }

    private boolean isLong() {
        return is('l') || is('n') || is('2') || gnu && (is('g') || is('o'));
    }

    private void fail(String gnuWords, String words) throws IOException {
        code = Math.max(code, gnu ? task.fail(2, gnuWords) : task.fail(1, words));
    }

    private int run() throws IOException {
        List<String> paths = options.operands().isEmpty() ? List.of(".") : options.operands();
        boolean follow = !is('d') && !isLong() && !is('F') || is('L');
        List<ListRows.Entry> files = new ArrayList<>();
        List<ListRows.Entry> directories = new ArrayList<>();
        for (String path : paths) {
            Inode node = task.files().peek(path, follow);
            if (node == null && gnu && !is('L')) {
                node = task.files().peek(path, false);
            }
            if (node == null || path.endsWith("/") && task.files().peek(path, true) == null) {
                String words = words(path);
                fail("cannot access '" + path + "': " + words, path + ": " + words);
            } else if (node instanceof DirectoryNode && !is('d')) {
                directories.add(new ListRows.Entry(path, path, node));
            } else {
                files.add(new ListRows.Entry(path, path, node));
            }
        }
        show(sorted(files));
        first = files.isEmpty();
        boolean titles = paths.size() > 1 || is('R');
        for (ListRows.Entry directory : sorted(directories)) {
            directory(directory.path(), titles);
        }
        return code;
    }

    private String words(String path) {
        try {
            task.files().stat(path);
            return "No such file or directory";
        } catch (FileError e) {
            return e.words();
        }
    }

    /** What is in a directory, and below it where that was asked for. */
    private void directory(String directory, boolean title) throws IOException {
        List<String> names;
        try {
            names = task.files().list(directory);
        } catch (FileError e) {
            fail(
                    "cannot open directory '" + directory + "': " + e.words(),
                    "can't open '" + directory + "': " + e.words());
            return;
        }
        if (title) {
            task.println((first ? "" : "\n") + directory + ":");
        }
        first = false;
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        boolean all = is('a') || gnu && is('f');
        List<ListRows.Entry> inside = new ArrayList<>();
        for (String name : names) {
            Inode node = task.files().peek(prefix + name, is('L'));
            node = node == null ? task.files().peek(prefix + name, false) : node;
            if (node != null && (all || is('A') || !name.startsWith("."))) {
                inside.add(new ListRows.Entry(prefix + name, name, node));
            }
        }
        List<ListRows.Entry> sorted = sorted(inside);
        List<ListRows.Entry> shown = new ArrayList<>();
        for (String dots : all ? List.of(".", "..") : List.<String>of()) {
            Inode node = task.files().peek(prefix + dots, true);
            if (node != null) {
                shown.add(new ListRows.Entry(prefix + dots, dots, node));
            }
        }
        shown.addAll(sorted);
        if (all && (is('t') || is('S') || is('r'))) {
            shown = sorted(shown);
        }
        if (isLong() || is('s')) {
            long total = shown.stream()
                    .mapToLong(each -> DuTool.kilobytes(each.node()))
                    .sum();
            String human = is('h')
                    ? gnu ? DuTool.human(total * 1024) : String.format(Locale.ROOT, "%-7s", total + "K")
                    : Long.toString(total);
            task.println("total " + human);
        }
        show(shown);
        for (ListRows.Entry each : is('R') ? sorted : List.<ListRows.Entry>of()) {
            if (each.node() instanceof DirectoryNode) {
                directory(each.path(), true);
            }
        }
    }

    /** By name, or newest or largest first; the other way round with {@code -r}. */
    private List<ListRows.Entry> sorted(List<ListRows.Entry> entries) {
        List<ListRows.Entry> sorted = new ArrayList<>(entries);
        if (gnu && (is('U') || is('f'))) {
            return sorted;
        }
        String by = options.value('5', "");
        Comparator<ListRows.Entry> order = Comparator.comparing(ListRows.Entry::name);
        if (is('S') || by.equals("size")) {
            order = Comparator.<ListRows.Entry>comparingLong(
                            each -> -each.node().size())
                    .thenComparing(order);
        } else if (is('t') || by.equals("time")) {
            order = Comparator.<ListRows.Entry>comparingLong(
                            each -> -each.node().modified())
                    .thenComparing(order);
        } else if (is('v') || by.equals("version")) {
            order = Comparator.comparing(ListRows.Entry::name, SortOrders::versions)
                    .thenComparing(order);
        } else if (is('X') || by.equals("extension")) {
            order = Comparator.<ListRows.Entry, String>comparing(
                            each -> each.name().replaceFirst("^[^.]*$|^.*(?=\\.)", ""))
                    .thenComparing(order);
        }
        order = is('r') ? order.reversed() : order;
        if (is('6')) {
            order = Comparator.<ListRows.Entry, Boolean>comparing(each -> !(each.node() instanceof DirectoryNode))
                    .thenComparing(order);
        }
        sorted.sort(order);
        return sorted;
    }

    private void show(List<ListRows.Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        if (isLong()) {
            task.print(new ListRows(task, options).text(entries, this::marked));
            return;
        }
        int width = entries.stream()
                .mapToInt(each -> blocks(DuTool.kilobytes(each.node())).length())
                .max()
                .orElse(1);
        List<String> names =
                entries.stream().map(each -> before(each, width) + marked(each)).toList();
        Tty tty = task.tty(1);
        boolean columns = (is('C') || is('x') || tty != null) && !is('1');
        if (gnu && is('m')) {
            task.println(String.join(", ", names));
        } else if (columns) {
            task.print(ListRows.columns(
                    names, is('w') ? (int) options.number('w', 80) : tty == null ? 80 : tty.columns(), is('x'), gnu));
        } else {
            task.print(names.stream().map(name -> name + "\n").collect(Collectors.joining()));
        }
    }

    private String blocks(long kilobytes) {
        return !is('h')
                ? Long.toString(kilobytes)
                : gnu ? DuTool.human(kilobytes * 1024) : kilobytes == 0 ? "0" : DuTool.tenths(kilobytes * 1024);
    }

    private String before(ListRows.Entry entry, int width) {
        long size = DuTool.kilobytes(entry.node());
        return (is('i') ? System.identityHashCode(entry.node()) + " " : "")
                + (is('s')
                        ? String.format(Locale.ROOT, "%" + (gnu ? width : is('h') ? 7 : 6) + "s ", blocks(size))
                        : "");
    }

    /** With a sign of what kind it is, where that was asked for. */
    private String marked(ListRows.Entry entry) {
        Inode node = entry.node();
        boolean kinds = is('F') || gnu && is('D');
        String sign = "";
        if (node instanceof DirectoryNode && (kinds || is('p'))) {
            sign = "/";
        } else if (kinds && node instanceof LinkNode) {
            sign = isLong() ? "" : "@";
        } else if (is('F') && node.type() == '-' && (node.mode() & 0111) != 0) {
            sign = "*";
        }
        String name = is('Q') ? "\"" + entry.name() + "\"" : entry.name();
        return name + sign;
    }

    static String bits(int mode) {
        StringBuilder text = new StringBuilder();
        for (int i = 8; i >= 0; i--) {
            text.append((mode >> i & 1) == 0 ? '-' : "rwx".charAt(2 - i % 3));
        }
        special(text, mode, 04000, 2, 's');
        special(text, mode, 02000, 5, 's');
        special(text, mode, 01000, 8, 't');
        return text.toString();
    }

    private static void special(StringBuilder text, int mode, int bit, int at, char letter) {
        if ((mode & bit) != 0) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }
}
