package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code head}: the first lines or bytes of a file or of what comes in; it ends as soon as it has them. */
final class HeadTool {
    private HeadTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "head",
                Options.tool(
                        "n:c:qv#n",
                        "n:c:qvz#n",
                        Map.of(
                                "lines",
                                'n',
                                "bytes",
                                'c',
                                "quiet",
                                'q',
                                "silent",
                                'q',
                                "verbose",
                                'v',
                                "zero-terminated",
                                'z'),
                        1,
                        HeadTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        String value = "10";
        boolean bytes = false;
        for (Map.Entry<Character, String> each : options.inOrder()) {
            if (each.getKey() == 'n' || each.getKey() == 'c') {
                value = each.getValue();
                bytes = each.getKey() == 'c';
            }
        }
        if (!Sizes.isNumber(value, gnu ? "-+" : "-")) {
            String what = bytes ? "bytes" : "lines";
            return task.fail(
                    1, gnu ? "invalid number of " + what + ": '" + value + "'" : "invalid number '" + value + "'");
        }
        long count = Sizes.number(value);
        boolean allButLast = value.startsWith("-");
        List<String> files = options.files();
        boolean titles = options.has('v') || files.size() > 1 && !options.has('q');
        byte mark = (byte) (options.has('z') ? 0 : '\n');
        int code = 0;
        boolean any = false;
        for (String file : files) {
            try {
                boolean directory = !file.equals("-") && task.files().stat(file) instanceof Inode.DirectoryNode;
                InputStream in = directory ? InputStream.nullInputStream() : Inputs.open(task, file);
                if (titles) {
                    task.println((any ? "\n" : "") + "==> " + (file.equals("-") ? "standard input" : file) + " <==");
                }
                any = true;
                if (directory) {
                    code = task.fail(
                            1, gnu ? "error reading '" + file + "': Is a directory" : file + ": Input/output error");
                } else if (allButLast) {
                    byte[] all = in.readAllBytes();
                    task.out().write(all, 0, end(all, count, bytes, mark));
                } else {
                    copy(task, in, count, bytes, mark);
                }
            } catch (FileError e) {
                code = task.fail(
                        1,
                        gnu ? "cannot open '" + e.path() + "' for reading: " + e.words() : e.path() + ": " + e.words());
                any |= !gnu;
            }
        }
        return code;
    }

    /** Where the last {@code count} lines or bytes begin. */
    private static int end(byte[] all, long count, boolean bytes, byte mark) {
        if (bytes) {
            return (int) Math.max(0, all.length - count);
        }
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i - 1] == mark) {
                starts.add(i);
            }
        }
        return count == 0 ? all.length : count >= starts.size() ? 0 : starts.get((int) (starts.size() - count));
    }

    private static void copy(Task task, InputStream in, long count, boolean bytes, byte mark) throws IOException {
        byte[] buffer = new byte[8192];
        for (long left = count; left > 0; ) {
            int got = in.read(buffer, 0, bytes ? (int) Math.min(left, buffer.length) : buffer.length);
            if (got < 0) {
                return;
            }
            int taken = 0;
            while (taken < got && left > 0) {
                if (bytes || buffer[taken] == mark) {
                    left--;
                }
                taken++;
            }
            task.out().write(Arrays.copyOf(buffer, taken));
        }
    }
}
