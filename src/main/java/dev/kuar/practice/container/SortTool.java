package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code sort}. */
final class SortTool {
    private SortTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "sort",
                Options.tool(
                        "ngMucszbrdfio:k:t:hVmT:S:",
                        "ngMuc;Cszbrdfio:k:t:hVmT:S:RX:P:",
                        Map.ofEntries(
                                Map.entry("ignore-leading-blanks", 'b'),
                                Map.entry("dictionary-order", 'd'),
                                Map.entry("ignore-case", 'f'),
                                Map.entry("general-numeric-sort", 'g'),
                                Map.entry("human-numeric-sort", 'h'),
                                Map.entry("ignore-nonprinting", 'i'),
                                Map.entry("key", 'k'),
                                Map.entry("merge", 'm'),
                                Map.entry("month-sort", 'M'),
                                Map.entry("numeric-sort", 'n'),
                                Map.entry("output", 'o'),
                                Map.entry("random-sort", 'R'),
                                Map.entry("reverse", 'r'),
                                Map.entry("stable", 's'),
                                Map.entry("field-separator", 't'),
                                Map.entry("unique", 'u'),
                                Map.entry("version-sort", 'V'),
                                Map.entry("zero-terminated", 'z'),
                                Map.entry("check", 'c'),
                                Map.entry("buffer-size", 'S'),
                                Map.entry("temporary-directory", 'T'),
                                Map.entry("parallel", 'P')),
                        2,
                        SortTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        String separator = options.has('t') ? Inputs.word(options.value('t', "")) : "";
        if (separator.equals("\\0")) {
            separator = "\0";
        }
        if (options.has('t') && separator.length() != 1) {
            String tab = options.value('t', "");
            return task.fail(
                    2, gnu ? tab.isEmpty() ? "empty tab" : "multi-character tab '" + tab + "'" : "bad -t parameter");
        }
        String global = SortKey.flags(options);
        List<SortKey> keys = new ArrayList<>();
        for (String key : options.values('k')) {
            String wrong = SortKey.wrong(key, gnu);
            if (!wrong.isEmpty()) {
                return task.fail(2, wrong);
            }
            keys.add(SortKey.of(key, separator, global));
        }
        Comparator<String> byKeys = keys.isEmpty() ? SortKey.whole(separator, global) : SortKey.all(keys);
        boolean reversed = options.has('r');
        Comparator<String> last = reversed ? Comparator.reverseOrder() : Comparator.naturalOrder();
        boolean unique = options.has('u');
        // Of equal lines GNU's -u keeps the first that came, busybox the first in order.
        Comparator<String> order = unique && gnu || options.has('s') ? byKeys : byKeys.thenComparing(last);
        List<String> lines = new ArrayList<>();
        List<List<String>> files = new ArrayList<>();
        char mark = options.has('z') ? '\0' : '\n';
        String name = options.files().get(0);
        for (String file : options.files()) {
            try {
                if (!file.equals("-") && task.files().stat(file) instanceof Inode.DirectoryNode) {
                    if (gnu) {
                        return task.fail(2, "read failed: " + file + ": Is a directory");
                    }
                    continue;
                }
                List<String> own = new ArrayList<>();
                files.add(own);
                ByteLines input = new ByteLines(Inputs.open(task, file), mark);
                for (String line = input.next(); line != null; line = input.next()) {
                    own.add(line);
                }
                lines.addAll(own);
            } catch (FileError e) {
                return task.fail(2, (gnu ? "cannot read: " : "") + file + ": " + e.words());
            }
        }
        if (options.has('c') || options.has('C')) {
            return check(task, options, lines, unique ? byKeys : order, unique, name);
        }
        if (options.has('R')) {
            Collections.shuffle(lines);
        } else if (options.has('m') && gnu) {
            lines = merged(files, order);
        } else {
            lines.sort(order);
        }
        StringBuilder out = new StringBuilder();
        String before = null;
        for (String line : lines) {
            if (!unique || before == null || byKeys.compare(before, line) != 0) {
                out.append(line).append(mark);
                before = line;
            }
        }
        if (options.has('o')) {
            try {
                task.save(options.value('o', ""), out.toString().getBytes(StandardCharsets.ISO_8859_1));
            } catch (FileError e) {
                return task.fail(
                        2, (gnu ? "open failed: " : "can't open '") + e.path() + (gnu ? ": " : "': ") + e.words());
            }
        } else {
            Inputs.print(task, out);
        }
        return 0;
    }

    /** Takes each time the least of the lines that the files begin with; files that are not sorted stay so. */
    private static List<String> merged(List<List<String>> files, Comparator<String> order) {
        List<String> all = new ArrayList<>();
        int[] at = new int[files.size()];
        while (true) {
            int least = -1;
            for (int i = 0; i < at.length; i++) {
                boolean more = at[i] < files.get(i).size();
                if (more
                        && (least < 0
                                || order.compare(
                                                files.get(i).get(at[i]),
                                                files.get(least).get(at[least]))
                                        < 0)) {
                    least = i;
                }
            }
            if (least < 0) {
                return all;
            }
            all.add(files.get(least).get(at[least]++));
        }
    }

    private static int check(
            Task task, Options options, List<String> lines, Comparator<String> order, boolean unique, String name)
            throws IOException {
        for (int i = 1; i < lines.size(); i++) {
            int compared = order.compare(lines.get(i - 1), lines.get(i));
            if (compared > 0 || compared == 0 && unique) {
                if (!Options.gnu(task)) {
                    task.printError("Check line " + i + "\n");
                } else if (!options.has('C') && !options.value('c', "").matches("quiet|silent")) {
                    return task.fail(1, name + ":" + (i + 1) + ": disorder: " + lines.get(i));
                }
                return 1;
            }
        }
        return 0;
    }
}
