package dev.kuar.practice.container;

import dev.kuar.practice.container.LineChanges.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** diff: busybox's, which is always unified, and GNU's, plain or {@code -u}; {@link DiffTrees} walks directories. */
final class DiffTool {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSSSSSSSS '+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("unified", 'u'),
            Map.entry("brief", 'q'),
            Map.entry("recursive", 'r'),
            Map.entry("new-file", 'N'),
            Map.entry("report-identical-files", 's'),
            Map.entry("ignore-case", 'i'),
            Map.entry("ignore-all-space", 'w'),
            Map.entry("ignore-space-change", 'b'),
            Map.entry("ignore-blank-lines", 'B'),
            Map.entry("text", 'a'),
            Map.entry("minimal", 'd'),
            Map.entry("label", 'L'),
            Map.entry("exclude", 'x'),
            Map.entry("starting-file", 'S'),
            Map.entry("color", 'K'),
            Map.entry("normal", 'n'),
            Map.entry("side-by-side", 'y'),
            Map.entry("context", 'c'),
            Map.entry("ed", 'e'));

    private final Task task;
    private final Options options;
    private final boolean gnu;

    private DiffTool(Task task, Options options) {
        this.task = task;
        this.options = options;
        this.gnu = Options.gnu(task);
    }

    static void addTo(Map<String, Tool> tools) {
        Options.Body body = (task, options) -> new DiffTool(task, options).run();
        Tool busybox = Options.tool("abBdiNqrstTwupL:S:U:", body);
        Tool full = Options.tool("abBdiNqrstTwupL:S:U:x:yce", NAMES, 2, body);
        tools.put("diff", task -> (Options.gnu(task) ? full : busybox).run(task));
    }

    boolean is(char letter) {
        return options.has(letter);
    }

    Task task() {
        return task;
    }

    boolean gnu() {
        return gnu;
    }

    List<String> excluded() {
        return options.values('x');
    }

    private int run() throws IOException {
        List<String> files = options.operands();
        if (files.size() < 2) {
            return Options.tooFew(
                    task,
                    2,
                    "missing operand after '" + (files.isEmpty() ? "diff" : files.get(0)) + "'",
                    "[-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2\n\n"
                            + "Compare files line by line and output the differences between them.\n"
                            + "This implementation supports unified diffs only.");
        }
        for (char form : new char[] {'y', 'c', 'e'}) {
            if (is(form)) {
                return Unmodelled.option(task, 2, "-" + form);
            }
        }
        String one = files.get(0);
        String other = files.get(1);
        boolean oneIsTree = task.files().isDirectory(one);
        boolean otherIsTree = task.files().isDirectory(other);
        if (oneIsTree && otherIsTree) {
            return new DiffTrees(this, files).compare(one, other);
        }
        if (oneIsTree) {
            one = one + (one.endsWith("/") ? "" : "/") + other.replaceFirst(".*/", "");
        } else if (otherIsTree) {
            other = other + (other.endsWith("/") ? "" : "/") + one.replaceFirst(".*/", "");
        }
        return files(one, other, "");
    }

    /** A file's content; null where it is not there and need not be. */
    private byte @Nullable [] content(String file) throws IOException {
        if (is('N') && !file.equals("-") && !task.files().exists(file)) {
            return null;
        }
        return Inputs.bytes(task, file);
    }

    /**
     * Compares two files.
     *
     * @param head what stands before differences, where files of directories are compared
     */
    int files(String one, String other, String head) throws IOException {
        byte @Nullable [] before = null;
        byte @Nullable [] after = null;
        int failed = 0;
        try {
            before = content(one);
        } catch (FileError e) {
            failed = complain(e);
        }
        try {
            after = content(other);
        } catch (FileError e) {
            failed = complain(e);
        }
        if (failed > 0) {
            return failed;
        }
        String a = text(before);
        String b = text(after);
        if (a.equals(b)) {
            return same(one, other);
        }
        if (!is('a') && (isBinary(a) || isBinary(b))) {
            task.println((gnu && !is('q') ? "Binary files " : "Files ") + one + " and " + other + " differ");
            return 1;
        }
        List<String> lines = lines(a);
        List<String> others = lines(b);
        List<Change> changes = new ArrayList<>(LineChanges.of(keys(lines), keys(others)));
        if (is('B')) {
            changes.removeIf(each -> blank(lines.subList(each.from(), each.to()))
                    && blank(others.subList(each.otherFrom(), each.otherTo())));
        }
        if (changes.isEmpty()) {
            return same(one, other);
        }
        if (is('q')) {
            task.println("Files " + one + " and " + other + " differ");
            return 1;
        }
        DiffFormat format = new DiffFormat(lines, others);
        task.print(head);
        if (gnu && !is('u') && !is('U')) {
            Inputs.print(task, format.normal(changes));
            return 1;
        }
        task.print("--- " + label(0, one, before == null) + "\n+++ " + label(1, other, after == null) + "\n");
        String wanted = options.value('U', options.value('u', ""));
        Inputs.print(task, format.unified(changes, wanted.matches("\\d{1,6}") ? Integer.parseInt(wanted) : 3));
        return 1;
    }

    private int same(String one, String other) throws IOException {
        if (is('s')) {
            task.println("Files " + one + " and " + other + " are identical");
        }
        return 0;
    }

    private int complain(FileError e) throws IOException {
        boolean missing = !gnu && e.kind() == FileError.Kind.MISSING;
        return task.fail(2, missing ? "can't stat '" + e.path() + "': " + e.words() : e.path() + ": " + e.words());
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static boolean isBinary(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static boolean blank(List<String> lines) {
        return lines.stream().allMatch(each -> each.equals("\n"));
    }

    /** With their ends. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(at, next));
            at = next;
        }
        return lines;
    }

    /** The lines without what does not matter. */
    private List<String> keys(List<String> lines) {
        List<String> keys = new ArrayList<>();
        for (String line : lines) {
            String key = is('i') ? line.toLowerCase(Locale.ROOT) : line;
            if (is('w')) {
                key = key.replaceAll("\\s", "");
            } else if (is('b')) {
                key = key.replaceAll("\\s+$", "").replaceAll("\\s+", " ");
            }
            keys.add(key);
        }
        return keys;
    }

    private String label(int number, String file, boolean absent) {
        if (options.values('L').size() > number) {
            return options.values('L').get(number);
        }
        if (!gnu) {
            return absent ? "/dev/null" : file;
        }
        Instant time = absent
                ? Instant.EPOCH
                : file.equals("-")
                        ? task.container().clock().now()
                        : Instant.ofEpochMilli(task.files().stat(file).modified());
        return file + "\t" + TIME.format(time);
    }
}
