package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
        int code = 0;
        List<String> files = new ArrayList<>();
        List<String> directories = new ArrayList<>();
        for (String path : paths.isEmpty() ? List.of(".") : paths) {
            Inode node = task.files().peek(path, true);
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
        for (String directory : directories) {
            if (titles) {
                task.println((directory.equals(directories.get(0)) && files.isEmpty() ? "" : "\n") + directory + ":");
            }
            try {
                List<String> names = new ArrayList<>();
                boolean all = FileTools.has(task, 'a');
                if (all) {
                    names.add(".");
                    names.add("..");
                }
                for (String name : task.files().list(directory)) {
                    if (all || FileTools.has(task, 'A') || !name.startsWith(".")) {
                        names.add(name);
                    }
                }
                if (FileTools.has(task, 'l')) {
                    task.println("total " + names.size() * 4);
                }
                show(task, directory + "/", names);
            } catch (FileError e) {
                code = gnu
                        ? task.fail(2, "cannot open directory '" + directory + "': " + e.words())
                        : task.fail(1, "can't open '" + directory + "': " + e.words());
            }
        }
        return code;
    }

    private static void show(Task task, String prefix, List<String> names) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        boolean rows = FileTools.has(task, 'l');
        StringBuilder text = new StringBuilder();
        Tty tty = task.tty(1);
        if (!rows && tty != null && !FileTools.has(task, '1')) {
            columns(text, names, tty.columns());
        } else {
            for (String name : names) {
                text.append(rows ? row(task, prefix + name, name) : name).append('\n');
            }
        }
        task.print(text.toString());
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
        return String.format(
                Locale.ROOT,
                "%s%s    %d %-8s %-8s %9d %s %s%s",
                node.type(),
                bits(node.mode()),
                node instanceof DirectoryNode ? 2 : 1,
                user.isEmpty() ? Integer.toString(node.uid()) : user,
                group.isEmpty() ? Integer.toString(node.gid()) : group,
                node.size(),
                DATE.format(Instant.ofEpochMilli(node.modified())),
                name,
                target);
    }

    static String bits(int mode) {
        StringBuilder text = new StringBuilder();
        for (int i = 8; i >= 0; i--) {
            text.append((mode >> i & 1) == 0 ? '-' : "rwx".charAt(2 - i % 3));
        }
        if ((mode & 01000) != 0) {
            text.setCharAt(8, 't');
        }
        return text.toString();
    }
}
