package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.FileNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code du}: what files take on the disk, in blocks of four kilobytes. */
final class DuTool {
    private static final int BLOCK_KILOBYTES = 4;

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "du",
                Options.tool(
                        "aHLd:clshmkxb",
                        "aHLd:clshmkxbDPS0B:t:X:",
                        Map.of(
                                "all",
                                'a',
                                "max-depth",
                                'd',
                                "total",
                                'c',
                                "summarize",
                                's',
                                "human-readable",
                                'h',
                                "bytes",
                                'b',
                                "one-file-system",
                                'x',
                                "block-size",
                                'B',
                                "exclude",
                                'X'),
                        1,
                        (task, options) -> new DuTool(task, options).run()));
    }

    private final Task task;
    private final Options options;
    private final boolean gnu;

    private DuTool(Task task, Options options) {
        this.task = task;
        this.options = options;
        this.gnu = Options.gnu(task);
    }

    private int run() throws IOException {
        String depth = options.value('d', options.has('s') ? "0" : "999999999");
        if (!depth.matches("\\d{1,9}")) {
            return gnu
                    ? Options.usage(task, 1, "invalid maximum depth '" + depth + "'")
                    : task.fail(1, "invalid number '" + depth + "'");
        }
        int deepest = Integer.parseInt(depth);
        int code = 0;
        long sum = 0;
        for (String path : options.operands().isEmpty() ? List.of(".") : options.operands()) {
            if (task.files().peek(path, false) == null) {
                code = task.fail(1, (gnu ? "cannot access '" + path + "'" : path) + ": No such file or directory");
            } else {
                sum += walk(path, 0, deepest);
            }
        }
        if (options.has('c')) {
            say(sum, "total");
        }
        return code;
    }

    private long walk(String path, int depth, int deepest) throws IOException {
        Inode node = task.files().peek(path, false);
        if (node == null) {
            return 0;
        }
        long size = bytes(node);
        if (node instanceof DirectoryNode) {
            try {
                for (String name : task.files().list(path)) {
                    size += walk(path.endsWith("/") ? path + name : path + "/" + name, depth + 1, deepest);
                }
            } catch (FileError denied) {
                task.printError("du: can't open '" + path + "': " + denied.words() + "\n");
            }
        }
        if (depth == 0 || depth <= deepest && (node instanceof DirectoryNode || options.has('a'))) {
            say(size, path);
        }
        return size;
    }

    private void say(long bytes, String path) throws IOException {
        long unit = options.has('b') ? 1 : options.has('m') ? 1 << 20 : 1 << 10;
        String size = options.has('h') ? gnu ? human(bytes) : tenths(bytes) : Long.toString((bytes + unit - 1) / unit);
        task.println(size + "\t" + path);
    }

    private long bytes(Inode node) {
        return options.has('b') ? node.size() : kilobytes(node) * 1024;
    }

    /** With one figure behind the point: {@code 4.0K}, {@code 20.0K}. */
    static String tenths(long bytes) {
        double figure = bytes;
        int unit = 0;
        while (figure >= 1024 && unit < 4) {
            figure /= 1024;
            unit++;
        }
        return unit == 0 ? Long.toString(bytes) : String.format(Locale.ROOT, "%.1f%s", figure, "KMGT".charAt(unit - 1));
    }

    /** What an inode takes by itself. */
    static long kilobytes(Inode node) {
        if (node instanceof DirectoryNode) {
            return BLOCK_KILOBYTES;
        }
        long block = BLOCK_KILOBYTES * 1024;
        return node instanceof FileNode ? (node.size() + block - 1) / block * BLOCK_KILOBYTES : 0;
    }

    /** As {@code -h} writes bytes: {@code 512}, {@code 4.0K}, {@code 20K}, {@code 1.5M}; never less than there are. */
    static String human(long bytes) {
        double figure = bytes;
        int unit = 0;
        while (figure >= 1024 && unit < 4) {
            figure /= 1024;
            unit++;
        }
        if (unit == 0) {
            return Long.toString(bytes);
        }
        double tenths = Math.ceil(figure * 10) / 10;
        return tenths < 10
                ? String.format(Locale.ROOT, "%.1f%s", tenths, "KMGT".charAt(unit - 1))
                : (long) Math.ceil(figure) + "KMGT".substring(unit - 1, unit);
    }
}
