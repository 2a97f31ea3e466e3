package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code ls}. */
final class ListTool implements Tool {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public int run(Task task) throws IOException {
        List<String> paths = FileTools.operands(task);
        boolean gnu = task.container().spec().image().flavour().equals("gnu");
        boolean follow = !FileTools.has(task, 'd') && !FileTools.has(task, 'l');
        int code = 0;
        List<String> files = new ArrayList<>();
        List<String> directories = new ArrayList<>();
        for (String path : paths.isEmpty() ? List.of(".") : paths) {
            Inode node = task.files().peek(path, follow);
            if (node == null) {
                String words =
                        task.files().peek(path, false) == null ? "No such file or directory" : "Permission denied";
                code = gnu ? task.fail(2, "cannot access '" + path + "': " + words) : task.fail(1, path + ": " + words);
            } else if (node instanceof DirectoryNode && !FileTools.has(task, 'd')) {
                directories.add(path);
            } else {
                files.add(path);
            }
        }
        show(task, "", files);
        boolean titles = directories.size() + files.size() > 1 || FileTools.has(task, 'R');
        boolean first = files.isEmpty();
        for (String directory : sorted(task, "", directories)) {
            code = Math.max(code, directory(task, directory, titles, first, gnu));
            first = false;
        }
        return code;
    }

    /** What is in a directory, and below it where that was asked for. */
    private static int directory(Task task, String directory, boolean title, boolean first, boolean gnu)
            throws IOException {
        if (title) {
            task.println((first ? "" : "\n") + directory + ":");
        }
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        int code = 0;
        try {
            boolean all = FileTools.has(task, 'a');
            List<String> inside = new ArrayList<>();
            for (String name : task.files().list(directory)) {
                if (all || FileTools.has(task, 'A') || !name.startsWith(".")) {
                    inside.add(name);
                }
            }
            inside = sorted(task, prefix, inside);
            List<String> names = new ArrayList<>(all ? List.of(".", "..") : List.of());
            names.addAll(inside);
            if (FileTools.has(task, 'l')) {
                task.println("total " + total(task, prefix, names));
            }
            show(task, prefix, names);
            for (String name : FileTools.has(task, 'R') ? inside : List.<String>of()) {
                if (task.files().peek(prefix + name, false) instanceof DirectoryNode) {
                    code = Math.max(code, directory(task, prefix + name, true, false, gnu));
                }
            }
        } catch (FileError e) {
            code = gnu
                    ? task.fail(2, "cannot open directory '" + directory + "': " + e.words())
                    : task.fail(1, "can't open '" + directory + "': " + e.words());
        }
        return code;
    }

    /** By name, or newest or largest first; the other way round with {@code -r}. */
    private static List<String> sorted(Task task, String prefix, List<String> names) {
        List<String> sorted = new ArrayList<>(names);
        Comparator<String> order = Comparator.naturalOrder();
        if (FileTools.has(task, 't') || FileTools.has(task, 'S')) {
            boolean time = FileTools.has(task, 't');
            order = Comparator.<String>comparingLong(name -> {
                        Inode node = task.files().peek(prefix + name, false);
                        return node == null ? 0 : time ? -node.modified() : -node.size();
                    })
                    .thenComparing(Comparator.naturalOrder());
        }
        sorted.sort(FileTools.has(task, 'r') ? order.reversed() : order);
        return sorted;
    }

    private static long total(Task task, String prefix, List<String> names) {
        return names.stream()
                .map(name -> task.files().peek(prefix + name, false))
                .mapToLong(node -> node == null ? 0 : DuTool.kilobytes(node))
                .sum();
    }

    private static void show(Task task, String prefix, List<String> names) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        boolean rows = FileTools.has(task, 'l') || FileTools.has(task, 'n');
        StringBuilder text = new StringBuilder();
        Tty tty = task.tty(1);
        List<String> marked =
                names.stream().map(name -> marked(task, prefix, name)).toList();
        if (!rows && tty != null && !FileTools.has(task, '1')) {
            columns(text, marked, tty.columns());
        } else {
            for (int i = 0; i < names.size(); i++) {
                text.append(rows ? row(task, prefix + names.get(i), marked.get(i)) : marked.get(i))
                        .append('\n');
            }
        }
        task.print(text.toString());
    }

    /** With its inode number and what kind it is, where that was asked for. */
    private static String marked(Task task, String prefix, String name) {
        Inode node = task.files().peek(prefix + name, false);
        if (node == null) {
            return name;
        }
        String sign = "";
        if (FileTools.has(task, 'F') || FileTools.has(task, 'p')) {
            sign = node instanceof DirectoryNode
                    ? "/"
                    : FileTools.has(task, 'p')
                            ? ""
                            : node instanceof LinkNode
                                    ? "@"
                                    : node.type() == '-' && (node.mode() & 0111) != 0 ? "*" : "";
        }
        return name + sign;
    }

    private static void columns(StringBuilder text, List<String> names, int width) {
        int wide = names.stream().mapToInt(String::length).max().orElse(1) + 2;
        int count = Math.max(1, width / wide);
        int lines = (names.size() + count - 1) / count;
        for (int line = 0; line < lines; line++) {
            StringBuilder row = new StringBuilder();
            for (int i = line; i < names.size(); i += lines) {
                row.append(names.get(i)).append(" ".repeat(wide - names.get(i).length()));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
    }

    private static String row(Task task, String path, String name) {
        Inode node = task.files().peek(path, false);
        if (node == null) {
            return name;
        }
        FileTree tree = task.files().tree();
        String user = ContainerFiles.nameOf(tree, "/etc/passwd", node.uid());
        String group = ContainerFiles.nameOf(tree, "/etc/group", node.gid());
        String target = node instanceof LinkNode link ? " -> " + link.target() : "";
        boolean numbers = FileTools.has(task, 'n');
        String number = FileTools.has(task, 'i') ? System.identityHashCode(node) + " " : "";
        return String.format(
                Locale.ROOT,
                "%s%s%s %4d %-8s %-8s %9s %s %s%s",
                number,
                node.type(),
                bits(node.mode()),
                StatTool.links(node),
                user.isEmpty() || numbers ? Integer.toString(node.uid()) : user,
                group.isEmpty() || numbers ? Integer.toString(node.gid()) : group,
                FileTools.has(task, 'h') ? DuTool.human(node.size()) : Long.toString(node.size()),
                DATE.format(Instant.ofEpochMilli(node.modified())),
                name,
                target);
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
