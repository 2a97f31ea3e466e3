package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** cmp: where two files begin to differ, or with {@code -l} all bytes that do. */
final class CmpTool {
    private static final Map<String, Character> NAMES = Map.of(
            "print-bytes", 'b', "verbose", 'l', "silent", 's', "quiet", 's', "bytes", 'n', "ignore-initial", 'i');

    private CmpTool() {}

    static void addTo(Map<String, Tool> tools) {
        Tool busybox = Options.tool("lsn:", CmpTool::run);
        Tool gnu = Options.tool("blsn:i:", NAMES, 2, CmpTool::run);
        tools.put("cmp", task -> (Options.gnu(task) ? gnu : busybox).run(task));
    }

    private static int run(Task task, Options options) throws IOException {
        List<String> files = options.operands();
        boolean gnu = Options.gnu(task);
        if (files.isEmpty()) {
            return Options.tooFew(
                    task,
                    2,
                    "missing operand after 'cmp'",
                    "[-ls] [-n NUM] FILE1 [FILE2 [SKIP1 [SKIP2]]]\n\nCompare FILE1 with FILE2 (or stdin)");
        }
        String one = files.get(0);
        String other = files.size() > 1 ? files.get(1) : "-";
        byte[] before;
        byte[] after;
        try {
            before = Inputs.bytes(task, one);
            after = Inputs.bytes(task, other);
        } catch (FileError e) {
            boolean directory = !gnu && e.kind() == FileError.Kind.IS_A_DIRECTORY;
            return options.has('s') ? 2 : task.fail(2, e.path() + ": " + (directory ? "I/O error" : e.words()));
        }
        String[] initial = options.value('i', "0").split(":");
        int skip = number(files.size() > 2 ? files.get(2) : initial[0]);
        int otherSkip = number(files.size() > 3 ? files.get(3) : files.size() > 2 ? "0" : initial[initial.length - 1]);
        long most = options.number('n', Long.MAX_VALUE);
        long line = 1;
        boolean differ = false;
        int width = Integer.toString(Math.max(1, Math.min(before.length, after.length)))
                .length();
        for (long at = 0; at < most; at++) {
            int a = at + skip < before.length ? before[(int) at + skip] & 0xff : -1;
            int b = at + otherSkip < after.length ? after[(int) at + otherSkip] & 0xff : -1;
            if (a < 0 && b < 0) {
                break;
            }
            if (a < 0 || b < 0) {
                if (!options.has('s')) {
                    int unused = task.fail(
                            1, eof(gnu, options.has('l'), a < 0 ? one : other, at, line, a < 0 ? before : after));
                }
                return 1;
            }
            if (a != b) {
                differ = true;
                if (options.has('s')) {
                    return 1;
                }
                if (options.has('l')) {
                    task.println(String.format(Locale.ROOT, "%" + width + "d %3o %3o", at + 1, a, b));
                } else if (options.has('b')) {
                    task.println(String.format(
                            Locale.ROOT,
                            "%s %s differ: byte %d, line %d is %3o %s %3o %s",
                            one,
                            other,
                            at + 1,
                            line,
                            a,
                            shown(a),
                            b,
                            shown(b)));
                    return 1;
                } else {
                    task.println(one + " " + other + " differ: char " + (at + 1) + ", line " + line);
                    return 1;
                }
            }
            if (a == '\n') {
                line++;
            }
        }
        return differ ? 1 : 0;
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static String eof(boolean gnu, boolean all, String file, long at, long line, byte[] content) {
        if (!gnu) {
            return "EOF on " + file;
        }
        if (at == 0) {
            return "EOF on " + file + " which is empty";
        }
        boolean whole = content[content.length - 1] == '\n';
        return "EOF on " + file + " after byte " + at
                + (all ? "" : whole ? ", line " + (line - 1) : ", in line " + line);
    }

    private static String shown(int code) {
        String high = code >= 128 ? "M-" : "";
        int low = code & 0x7f;
        return high + (low < 32 ? "^" + (char) (low + 64) : low == 127 ? "^?" : Character.toString((char) low));
    }
}
