package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** {@code cut}. */
final class CutTool {
    private CutTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "cut",
                Options.tool(
                        "b:c:f:d:snDO:",
                        "b:c:f:d:snzO:X",
                        Map.of(
                                "bytes",
                                'b',
                                "characters",
                                'c',
                                "fields",
                                'f',
                                "delimiter",
                                'd',
                                "only-delimited",
                                's',
                                "zero-terminated",
                                'z',
                                "output-delimiter",
                                'O',
                                "complement",
                                'X'),
                        1,
                        CutTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        String kinds = (options.has('b') ? "b" : "") + (options.has('c') ? "c" : "") + (options.has('f') ? "f" : "");
        if (kinds.length() != 1) {
            if (gnu) {
                return Options.usage(
                        task,
                        1,
                        kinds.isEmpty()
                                ? "you must specify a list of bytes, characters, or fields"
                                : "only one list may be specified");
            }
            return kinds.isEmpty()
                    ? task.fail(1, "expected a list of bytes, characters, or fields")
                    : Options.tooFew(task, 1, "", "[OPTIONS] [FILE]...");
        }
        boolean fields = kinds.equals("f");
        String delimiter = Inputs.word(options.value('d', "\t"));
        if (gnu && delimiter.length() > 1) {
            return Options.usage(task, 1, "the delimiter must be a single character");
        }
        if (gnu && !fields && (options.has('d') || options.has('s'))) {
            return Options.usage(
                    task,
                    1,
                    options.has('d')
                            ? "an input delimiter may be specified only when operating on fields"
                            : "suppressing non-delimited lines makes sense\n\tonly when operating on fields");
        }
        BitSet wanted = new BitSet();
        String wrong = wanted(wanted, String.join(",", options.values(kinds.charAt(0))), fields, gnu);
        if (!wrong.isEmpty()) {
            return gnu ? Options.usage(task, 1, wrong) : task.fail(1, wrong);
        }
        if (options.has('X')) {
            wanted.flip(1, MOST + 1);
        }
        char mark = delimiter.isEmpty() ? '\0' : delimiter.charAt(0);
        String between =
                gnu && options.has('O') ? Inputs.word(options.value('O', "")) : fields ? String.valueOf(mark) : "";
        char end = options.has('z') ? '\0' : '\n';
        return Inputs.each(task, options.files(), file -> {
            if (!file.equals("-") && task.files().stat(file) instanceof Inode.DirectoryNode && !gnu) {
                return;
            }
            ByteLines lines = new ByteLines(Inputs.open(task, file), end);
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!fields) {
                    Inputs.print(task, bytes(line, wanted, between) + end);
                } else if (line.indexOf(mark) < 0) {
                    Inputs.print(task, options.has('s') ? "" : line + end);
                } else {
                    Inputs.print(task, fields(line, mark, wanted, between) + end);
                }
            }
        });
    }

    private static final int MOST = 100_000;

    private static String bytes(String line, BitSet wanted, String between) {
        StringBuilder out = new StringBuilder();
        for (int i = wanted.nextSetBit(1); i > 0 && i <= line.length(); ) {
            int end = Math.min(line.length() + 1, wanted.nextClearBit(i));
            out.append(out.isEmpty() ? "" : between).append(line, i - 1, end - 1);
            i = wanted.nextSetBit(end);
        }
        return out.toString();
    }

    private static String fields(String line, char mark, BitSet wanted, String between) {
        List<String> out = new ArrayList<>();
        int number = 1;
        int from = 0;
        while (from <= line.length()) {
            int end = line.indexOf(mark, from);
            end = end < 0 ? line.length() : end;
            if (wanted.get(number++)) {
                out.add(line.substring(from, end));
            }
            from = end + 1;
        }
        return String.join(between, out);
    }

    /** Reads a list such as {@code 1,3-5,7-}; what is wrong with it. */
    private static String wanted(BitSet wanted, String list, boolean fields, boolean gnu) {
        for (String range : list.split("[, \t]", -1)) {
            String kind = fields ? "field" : "byte/character";
            if (!range.matches("\\d{1,9}|\\d{1,9}-|-\\d{1,9}|\\d{1,9}-\\d{1,9}")) {
                if (!gnu) {
                    return "invalid number '" + range + "'";
                }
                return range.isEmpty()
                        ? (fields ? "fields are numbered from 1" : "byte/character positions are numbered from 1")
                        : range.equals("-")
                                ? "invalid range with no endpoint: -"
                                : fields
                                        ? "invalid field value '" + range + "'"
                                        : "invalid byte/character position '" + range + "'";
            }
            String[] ends = range.split("-", -1);
            int from = ends[0].isEmpty() ? 1 : Integer.parseInt(ends[0]);
            int to = ends.length == 1 ? from : ends[1].isEmpty() ? MOST : Integer.parseInt(ends[1]);
            if (from == 0 && gnu) {
                return kind.equals("field")
                        ? "fields are numbered from 1"
                        : "byte/character positions are numbered from 1";
            }
            if (from == 0) {
                wanted.set(1, MOST);
                continue;
            }
            if (to < from) {
                return gnu ? "invalid decreasing range" : to + "<" + (from - 1);
            }
            wanted.set(from, Math.min(to, MOST) + 1);
        }
        return "";
    }
}
