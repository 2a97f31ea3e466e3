package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code uniq}. */
final class UniqTool {
    private UniqTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "uniq",
                Options.tool(
                        "cdiuf:s:w:z",
                        "cdDiuf:s:w:z#f",
                        Map.of(
                                "count",
                                'c',
                                "repeated",
                                'd',
                                "all-repeated",
                                'D',
                                "ignore-case",
                                'i',
                                "unique",
                                'u',
                                "skip-fields",
                                'f',
                                "skip-chars",
                                's',
                                "check-chars",
                                'w',
                                "zero-terminated",
                                'z'),
                        1,
                        UniqTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> files = options.operands();
        if (gnu && files.size() > 2) {
            return Options.usage(task, 1, "extra operand '" + files.get(2) + "'");
        }
        Map<Character, String> whats = Map.of(
                'f', "number of fields to skip", 's', "number of bytes to skip", 'w', "number of bytes to compare");
        for (Map.Entry<Character, String> each : options.inOrder()) {
            String what = whats.get(each.getKey());
            if (what != null && !each.getValue().matches("\\d{1,18}")) {
                return task.fail(
                        1, gnu ? each.getValue() + ": invalid " + what : "invalid number '" + each.getValue() + "'");
            }
        }
        String file = options.files().get(0);
        char mark = options.has('z') ? '\0' : '\n';
        StringBuilder out = new StringBuilder();
        boolean direct = files.size() < 2;
        try {
            if (!file.equals("-") && task.files().stat(file) instanceof Inode.DirectoryNode) {
                return task.fail(1, gnu ? "error reading '" + file + "'" : file + ": I/O error");
            }
            ByteLines lines = new ByteLines(Inputs.open(task, file), mark);
            String line = lines.next();
            while (line != null) {
                String first = line;
                long count = 0;
                do {
                    count++;
                    if (options.has('D') && count > 1) {
                        out.append(count == 2 ? first + mark : "").append(line).append(mark);
                    }
                    line = lines.next();
                } while (line != null && seen(line, options).equals(seen(first, options)));
                boolean shown =
                        !(options.has('d') && count == 1) && !(options.has('u') && count > 1) && !options.has('D');
                if (shown) {
                    out.append(options.has('c') ? String.format(Locale.ROOT, "%7d ", count) : "")
                            .append(first)
                            .append(mark);
                }
                if (direct) {
                    Inputs.print(task, out);
                    out.setLength(0);
                }
            }
        } catch (FileError e) {
            return task.fail(1, gnu ? e.path() + ": " + e.words() : "can't open '" + e.path() + "': " + e.words());
        }
        if (!direct) {
            task.save(files.get(1), out.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        return 0;
    }

    /** The part of a line that counts. */
    private static String seen(@Nullable String line, Options options) {
        String text = String.valueOf(line);
        int at = 0;
        for (long i = options.number('f', 0); i > 0 && at < text.length(); i--) {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
            while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != '\t') {
                at++;
            }
        }
        at = (int) Math.min(text.length(), at + options.number('s', 0));
        int end = (int) Math.min(text.length(), at + options.number('w', Integer.MAX_VALUE));
        String part = text.substring(at, end);
        return options.has('i') ? part.toLowerCase(Locale.ROOT) : part;
    }
}
