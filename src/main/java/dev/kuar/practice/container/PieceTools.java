package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** split, shuf, strings: files in pieces, lines in any order, words in bytes. */
final class PieceTools {
    private PieceTools() {}

    static void addTo(Map<String, Tool> tools) {
        Map<String, Character> names = Map.of(
                "lines",
                'l',
                "bytes",
                'b',
                "suffix-length",
                'a',
                "numeric-suffixes",
                'd',
                "number",
                'n',
                "verbose",
                'V',
                "additional-suffix",
                'X');
        Tool busybox = Options.tool("l:b:a:", PieceTools::split);
        Tool gnu = Options.tool("l:b:a:dn:#l", names, 1, PieceTools::split);
        tools.put("split", task -> (Options.gnu(task) ? gnu : busybox).run(task));
        tools.put(
                "shuf",
                Options.tool(
                        "ei:n:o:rz",
                        Map.of(
                                "echo",
                                'e',
                                "input-range",
                                'i',
                                "head-count",
                                'n',
                                "output",
                                'o',
                                "repeat",
                                'r',
                                "zero-terminated",
                                'z'),
                        1,
                        PieceTools::shuf));
        tools.put(
                "strings",
                Options.tool("afon:t:#n", Map.of("bytes", 'n', "radix", 't', "all", 'a'), 1, PieceTools::strings));
    }

    /** {@code 10}, {@code 4k}, {@code 1M}; negative where it is none. */
    private static long size(String text) {
        if (!text.matches("\\d{1,9}([bkKmMgG]B?)?")) {
            return -1;
        }
        String unit = text.replaceAll("\\d", "");
        long base = unit.endsWith("B") ? 1000 : 1024;
        long factor = unit.isEmpty()
                ? 1
                : switch (Character.toLowerCase(unit.charAt(0))) {
                    case 'b' -> 512;
                    case 'k' -> base;
                    case 'm' -> base * base;
                    default -> base * base * base;
                };
        return Long.parseLong(text.replaceAll("\\D", "")) * factor;
    }

    private static int split(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        String file = options.files().get(0);
        String prefix = options.operands().size() > 1 ? options.operands().get(1) : "x";
        int letters = (int) options.number('a', 2);
        byte[] all;
        try {
            all = Inputs.bytes(task, file);
        } catch (FileError e) {
            return task.fail(
                    1, gnu ? "cannot open '" + e.path() + "' for reading: " + e.words() : e.path() + ": " + e.words());
        }
        char by = options.has('b') ? 'b' : options.has('n') ? 'n' : 'l';
        long size = size(options.value(by, "1000"));
        if (size <= 0) {
            String value = options.value(by, "");
            String what = by == 'b' ? "bytes" : by == 'n' ? "chunks" : "lines";
            return task.fail(
                    1, gnu ? "invalid number of " + what + ": '" + value + "'" : "invalid number '" + value + "'");
        }
        List<Integer> ends = ends(all, by, size);
        int from = 0;
        for (int number = 0; number < ends.size(); number++) {
            String suffix = suffix(number, letters, options.has('d'));
            if (suffix.isEmpty()) {
                return task.fail(1, gnu ? "output file suffixes exhausted" : "suffixes exhausted");
            }
            String name = prefix + suffix + options.value('X', "");
            if (options.has('V')) {
                task.println("creating file '" + name + "'");
            }
            task.files().write(name, Arrays.copyOfRange(all, from, ends.get(number)));
            from = ends.get(number);
        }
        return 0;
    }

    private static List<Integer> ends(byte[] all, char by, long size) {
        List<Integer> ends = new ArrayList<>();
        if (by == 'n') {
            for (int i = 1; i <= size; i++) {
                ends.add(i == size ? all.length : (int) (all.length / size * i));
            }
            return ends;
        }
        long count = 0;
        for (int at = 0; at < all.length; at++) {
            count += by == 'b' || all[at] == '\n' ? 1 : 0;
            if (count == size || at + 1 == all.length) {
                ends.add(at + 1);
                count = 0;
            }
        }
        return ends;
    }

    /** Empty where there are no more. */
    private static String suffix(int number, int length, boolean digits) {
        int base = digits ? 10 : 26;
        char[] suffix = new char[length];
        int left = number;
        for (int i = length - 1; i >= 0; i--) {
            suffix[i] = (char) ((digits ? '0' : 'a') + left % base);
            left /= base;
        }
        return left > 0 ? "" : new String(suffix);
    }

    private static int shuf(Task task, Options options) throws IOException {
        List<String> lines = new ArrayList<>();
        if (options.has('e')) {
            options.operands().forEach(word -> lines.add(Inputs.word(word)));
        } else if (options.has('i')) {
            String range = options.value('i', "");
            if (!range.matches("\\d{1,9}-\\d{1,9}")) {
                return task.fail(1, (Options.gnu(task) ? "invalid input range: '" : "bad range '") + range + "'");
            }
            int from = Integer.parseInt(range.replaceFirst("-.*", ""));
            int to = Integer.parseInt(range.replaceFirst(".*-", ""));
            if (from > to || to - from > 10_000_000) {
                return task.fail(1, (Options.gnu(task) ? "invalid input range: '" : "bad range '") + range + "'");
            }
            for (int i = from; i <= to; i++) {
                lines.add(Integer.toString(i));
            }
        } else {
            try {
                lines.addAll(Inputs.lines(task, options.files().get(0)));
            } catch (FileError e) {
                return Inputs.failed(task, e);
            }
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Collections.shuffle(lines, random);
        long most = options.number('n', options.has('r') ? Integer.MAX_VALUE : lines.size());
        StringBuilder out = new StringBuilder();
        char end = options.has('z') ? '\0' : '\n';
        for (int i = 0; i < most && !lines.isEmpty(); i++) {
            if (!options.has('r') && i == lines.size()) {
                break;
            }
            out.append(lines.get(options.has('r') ? random.nextInt(lines.size()) : i))
                    .append(end);
            if (options.has('r') && out.length() > 8192) {
                Inputs.print(task, out);
                out.setLength(0);
            }
        }
        if (options.has('o')) {
            task.save(options.value('o', ""), out.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        } else {
            Inputs.print(task, out);
        }
        return 0;
    }

    private static int strings(Task task, Options options) throws IOException {
        int least = (int) options.number('n', 4);
        String radix = options.has('o') ? "o" : options.value('t', "");
        return Inputs.each(task, options.files(), file -> {
            byte[] all = Inputs.bytes(task, file);
            String name = options.has('f') ? (file.equals("-") ? "{standard input}" : file) + ": " : "";
            StringBuilder out = new StringBuilder();
            int from = 0;
            for (int at = 0; at <= all.length; at++) {
                boolean printable = at < all.length && (all[at] >= 32 && all[at] < 127 || all[at] == '\t');
                if (printable) {
                    continue;
                }
                if (at - from >= least) {
                    out.append(name)
                            .append(radix.isEmpty() ? "" : String.format(Locale.ROOT, "%7" + radix + " ", from))
                            .append(new String(all, from, at - from, java.nio.charset.StandardCharsets.US_ASCII))
                            .append('\n');
                }
                from = at + 1;
            }
            task.print(out.toString());
        });
    }
}
