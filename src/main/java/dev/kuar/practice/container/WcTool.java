package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code wc}. */
final class WcTool {
    private static final String ORDER = "lwmcL";

    private WcTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "wc",
                Options.tool(
                        "lwcmL",
                        "lwcmL",
                        Map.of("lines", 'l', "words", 'w', "chars", 'm', "bytes", 'c', "max-line-length", 'L'),
                        1,
                        WcTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        StringBuilder wanted = new StringBuilder();
        for (int index = 0; index < ORDER.length(); index++) {
            char c = ORDER.charAt(index);
            wanted.append(options.has(c) ? c : "");
        }
        if (wanted.isEmpty()) {
            wanted.append("lwc");
        }
        int code = 0;
        long[] total = new long[ORDER.length()];
        List<Object> rows = new ArrayList<>();
        long sizes = 0;
        boolean streams = options.operands().isEmpty();
        for (String file : options.files()) {
            try {
                if (!file.equals("-") && task.files().stat(file) instanceof Inode.DirectoryNode) {
                    streams = true;
                    rows.add(new FileError(FileError.Kind.IS_A_DIRECTORY, file));
                    rows.add(new Row(new long[ORDER.length()], file));
                    continue;
                }
                byte[] bytes = Inputs.bytes(task, file);
                streams |= file.equals("-");
                sizes += bytes.length;
                long[] counts = counts(bytes, !gnu);
                for (int i = 0; i < counts.length; i++) {
                    total[i] = ORDER.charAt(i) == 'L' ? Math.max(total[i], counts[i]) : total[i] + counts[i];
                }
                rows.add(new Row(counts, streams && options.operands().isEmpty() ? "" : file));
            } catch (FileError e) {
                rows.add(e);
            }
        }
        if (options.operands().size() > 1) {
            rows.add(new Row(total, "total"));
        }
        boolean single = wanted.length() == 1 && options.files().size() == 1;
        int width = single
                ? 1
                : gnu ? streams ? 7 : Math.max(1, Long.toString(sizes).length()) : 9;
        for (Object each : rows) {
            if (each instanceof Row row) {
                task.println(row.text(wanted.toString(), width));
            } else if (each instanceof FileError e) {
                code = task.fail(1, e.path() + ": " + e.words());
            }
        }
        return code;
    }

    /** What was counted of one file. */
    private record Row(long[] counts, String name) {
        String text(String wanted, int width) {
            List<String> cells = new ArrayList<>();
            for (int index = 0; index < wanted.length(); index++) {
                char c = wanted.charAt(index);
                cells.add(String.format(Locale.ROOT, "%" + width + "d", counts[ORDER.indexOf(c)]));
            }
            return String.join(" ", cells) + (name.isEmpty() ? "" : " " + name);
        }
    }

    /** Lines, words, characters, bytes and the longest line; in GNU's C locale a character is a byte. */
    private static long[] counts(byte[] bytes, boolean unicode) {
        long lines = 0;
        long words = 0;
        long longest = 0;
        long column = 0;
        long inner = 0;
        boolean inWord = false;
        for (byte b : bytes) {
            inner += (b & 0xc0) == 0x80 ? 1 : 0;
            boolean space = b == ' ' || b >= '\t' && b <= '\r';
            words += !space && !inWord ? 1 : 0;
            inWord = !space;
            if (b == '\n' || b == '\r' || b == '\f') {
                lines += b == '\n' ? 1 : 0;
                column = 0;
            } else {
                column = b == '\t' ? column / 8 * 8 + 8 : b >= 32 && b < 127 ? column + 1 : column;
            }
            longest = Math.max(longest, column);
        }
        return new long[] {lines, words, unicode ? bytes.length - inner : bytes.length, bytes.length, longest};
    }
}
