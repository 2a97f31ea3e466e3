package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DirectoryNode;
import dev.kuar.practice.container.Inode.LinkNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code grep}: which files, and in them the lines that match; {@link GrepSearch} goes through one. */
final class GrepTool {
    private static final String USAGE =
            "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";
    private static final String BUSYBOX = "lLnqvscFiHhe:f:orRm:wxEA:B:C:aIK;";
    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("extended-regexp", 'E'),
            Map.entry("fixed-strings", 'F'),
            Map.entry("basic-regexp", 'G'),
            Map.entry("perl-regexp", 'P'),
            Map.entry("regexp", 'e'),
            Map.entry("file", 'f'),
            Map.entry("ignore-case", 'i'),
            Map.entry("no-ignore-case", 'J'),
            Map.entry("invert-match", 'v'),
            Map.entry("word-regexp", 'w'),
            Map.entry("line-regexp", 'x'),
            Map.entry("count", 'c'),
            Map.entry("color", 'K'),
            Map.entry("colour", 'K'),
            Map.entry("files-without-match", 'L'),
            Map.entry("files-with-matches", 'l'),
            Map.entry("max-count", 'm'),
            Map.entry("only-matching", 'o'),
            Map.entry("quiet", 'q'),
            Map.entry("silent", 'q'),
            Map.entry("no-messages", 's'),
            Map.entry("byte-offset", 'b'),
            Map.entry("with-filename", 'H'),
            Map.entry("no-filename", 'h'),
            Map.entry("line-number", 'n'),
            Map.entry("null", 'Z'),
            Map.entry("null-data", 'z'),
            Map.entry("text", 'a'),
            Map.entry("recursive", 'r'),
            Map.entry("dereference-recursive", 'R'),
            Map.entry("include", 'W'),
            Map.entry("exclude", 'X'),
            Map.entry("exclude-dir", 'Y'),
            Map.entry("after-context", 'A'),
            Map.entry("before-context", 'B'),
            Map.entry("context", 'C'),
            Map.entry("label", 'N'),
            Map.entry("line-buffered", 'Q'));

    private final Task task;
    private final Options options;
    private final boolean gnu;
    private int code = 1;

    private GrepTool(Task task, Options options) {
        this.task = task;
        this.options = options;
        this.gnu = Options.gnu(task);
    }

    static void addTo(Map<String, Tool> tools) {
        Tool gnu = Options.tool("EFGPe:f:iyvwxcK;LlJm:oqsbHhnZzaIrRW:X:Y:A:B:C:N:QUTd:D:#C", NAMES, 2, GrepTool::body);
        Tool busybox = Options.tool(BUSYBOX, Map.of("color", 'K'), 2, GrepTool::body);
        for (String name : List.of("grep", "egrep", "fgrep")) {
            tools.put(name, task -> (Options.gnu(task) ? gnu : busybox).run(task));
        }
    }

    private static int body(Task task, Options options) throws IOException {
        return new GrepTool(task, options).run();
    }

    private int run() throws IOException {
        List<String> files = new ArrayList<>(options.operands());
        GrepSearch search;
        try {
            List<String> patterns = patterns(files);
            if (patterns.isEmpty() && !options.has('e') && !options.has('f')) {
                if (gnu) {
                    task.printError(USAGE);
                    return 2;
                }
                int unused = Options.tooFew(task, 2, "", "[-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] PATTERN [FILE]...");
                return 2;
            }
            String bad = badNumber();
            if (!bad.isEmpty()) {
                return task.fail(2, bad);
            }
            search = new GrepSearch(task, options, GrepPatterns.of(task, options, patterns));
        } catch (FileError e) {
            return task.fail(2, e.path() + ": " + e.words());
        } catch (PosixRegex.Wrong e) {
            return task.fail(2, e.words());
        }
        boolean recursive = options.has('r') || options.has('R');
        boolean bare = files.isEmpty();
        if (bare) {
            files.add(recursive ? "." : "-");
        }
        search.setNamed(!options.has('h') && (options.has('H') || recursive || files.size() > 1));
        for (String file : files) {
            if (file.equals("-") || !recursive) {
                one(search, file);
            } else {
                walk(search, file, bare && gnu ? "" : file, true);
            }
            if (options.has('q') && search.found()) {
                return 0;
            }
        }
        return code == 2 ? 2 : search.found() ? 0 : 1;
    }

    private String badNumber() {
        for (Map.Entry<Character, String> each : options.inOrder()) {
            if ("mABC".indexOf(each.getKey()) >= 0 && !each.getValue().matches("-?\\d{1,18}")) {
                return !gnu
                        ? "invalid number '" + each.getValue() + "'"
                        : each.getKey() == 'm'
                                ? "invalid max count"
                                : each.getValue() + ": invalid context length argument";
            }
        }
        return "";
    }

    private List<String> patterns(List<String> files) throws IOException {
        List<String> patterns = new ArrayList<>();
        for (Map.Entry<Character, String> each : options.inOrder()) {
            if (each.getKey() == 'e') {
                patterns.addAll(List.of(Inputs.word(each.getValue()).split("\n", -1)));
            } else if (each.getKey() == 'f') {
                patterns.addAll(Inputs.lines(task, each.getValue()));
            }
        }
        if (!options.has('e') && !options.has('f') && !files.isEmpty()) {
            patterns.addAll(List.of(Inputs.word(files.remove(0)).split("\n", -1)));
        }
        return patterns;
    }

    private void walk(GrepSearch search, String path, String shown, boolean top) throws IOException {
        Inode link = task.files().peek(path, false);
        Inode node = task.files().peek(path, true);
        if (node instanceof DirectoryNode) {
            if (link instanceof LinkNode && !top && !options.has('R')) {
                return;
            }
            String name = path.replaceFirst(".*/(?=.)", "");
            if (!top && options.values('Y').stream().anyMatch(each -> ShellPattern.matches(each, name))) {
                return;
            }
            for (String child : task.files().list(path)) {
                String so = path.endsWith("/") ? path + child : path + "/" + child;
                walk(
                        search,
                        so,
                        shown.isEmpty() ? child : shown.endsWith("/") ? shown + child : shown + "/" + child,
                        false);
            }
            return;
        }
        String name = path.replaceFirst(".*/", "");
        boolean left =
                options.has('W') && options.values('W').stream().noneMatch(each -> ShellPattern.matches(each, name))
                        || options.values('X').stream().anyMatch(each -> ShellPattern.matches(each, name))
                        || gnu && !top && link instanceof LinkNode && !options.has('R');
        if (!left || top && !options.has('W') && !options.has('X')) {
            search.setShown(shown);
            one(search, path);
            search.setShown("");
        }
    }

    private void one(GrepSearch search, String file) throws IOException {
        try {
            if (!file.equals("-") && task.files().stat(file) instanceof DirectoryNode) {
                if (gnu && !options.value('d', "").equals("skip")) {
                    if (!options.has('s')) {
                        int unused = task.fail(2, file + ": Is a directory");
                    }
                    code = 2;
                }
                return;
            }
            search.file(file);
        } catch (FileError e) {
            code = options.has('s') ? 2 : task.fail(2, file + ": " + e.words());
        }
    }
}
