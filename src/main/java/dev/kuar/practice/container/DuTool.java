package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code du}: what files take on the disk, in blocks of four kilobytes. */
final class DuTool implements Tool {
    private static final int BLOCK_KILOBYTES = 4;

    @Override
    public int run(Task task) throws IOException {
        int deepest = FileTools.has(task, 's') ? 0 : Integer.MAX_VALUE;
        List<String> paths = new ArrayList<>();
        List<String> args = SystemTools.arguments(task);
        for (int i = 0; i < args.size(); i++) {
            String depth = args.get(i).startsWith("--max-depth=")
                    ? args.get(i).substring("--max-depth=".length())
                    : args.get(i).equals("-d") && i + 1 < args.size() ? args.get(++i) : "";
            if (depth.matches("\\d{1,9}")) {
                deepest = Integer.parseInt(depth);
            } else if (!depth.isEmpty()) {
                return task.fail(1, "invalid maximum depth '" + depth + "'");
            } else if (!args.get(i).startsWith("-")) {
                paths.add(args.get(i));
            }
        }
        int code = 0;
        long sum = 0;
        for (String path : paths.isEmpty() ? List.of(".") : paths) {
            if (task.files().peek(path, false) == null) {
                boolean gnu = task.container().spec().image().flavour().equals("gnu");
                code = task.fail(1, (gnu ? "cannot access '" + path + "'" : path) + ": No such file or directory");
            } else {
                sum += walk(task, path, 0, deepest);
            }
        }
        if (FileTools.has(task, 'c')) {
            say(task, sum, "total");
        }
        return code;
    }

    private static long walk(Task task, String path, int depth, int deepest) throws IOException {
        Inode node = task.files().peek(path, false);
        if (node == null) {
            return 0;
        }
        long size = kilobytes(node);
        if (node instanceof DirectoryNode) {
            try {
                for (String name : task.files().list(path)) {
                    size += walk(task, path.endsWith("/") ? path + name : path + "/" + name, depth + 1, deepest);
                }
            } catch (FileError denied) {
                task.printError("du: can't open '" + path + "': " + denied.words() + "\n");
            }
        }
        if (depth == 0 || depth <= deepest && (node instanceof DirectoryNode || FileTools.has(task, 'a'))) {
            say(task, size, path);
        }
        return size;
    }

    private static void say(Task task, long kilobytes, String path) throws IOException {
        String size = FileTools.has(task, 'h')
                ? human(kilobytes * 1024)
                : Long.toString(FileTools.has(task, 'm') ? (kilobytes + 1023) / 1024 : kilobytes);
        task.println(size + "\t" + path);
    }

    /** What an inode takes by itself. */
    static long kilobytes(Inode node) {
        if (node instanceof DirectoryNode) {
            return BLOCK_KILOBYTES;
        }
        long block = BLOCK_KILOBYTES * 1024;
        return node instanceof FileNode ? (node.size() + block - 1) / block * BLOCK_KILOBYTES : 0;
    }

    /** As {@code -h} writes bytes: {@code 512}, {@code 4.0K}, {@code 1.5M}. */
    static String human(long bytes) {
        double figure = bytes;
        int unit = 0;
        while (figure >= 1024 && unit < 4) {
            figure /= 1024;
            unit++;
        }
        return unit == 0 ? Long.toString(bytes) : String.format(Locale.ROOT, "%.1f%s", figure, "KMGT".charAt(unit - 1));
    }
}
