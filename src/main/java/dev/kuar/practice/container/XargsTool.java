package dev.kuar.practice.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code xargs}: runs a command with the words that come in. */
final class XargsTool {
    private static final int MOST = 120_000;

    private final Task task;
    private final Options options;
    private final boolean gnu;
    private int code;

    private XargsTool(Task task, Options options) {
        this.task = task;
        this.options = options;
        this.gnu = Options.gnu(task);
    }

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "xargs",
                Options.tool(
                        "+0rtpxn:s:I:i;P:a:E:e;o",
                        "+0rtpxn:s:I:i;P:a:E:e;L:l;d:o",
                        Map.of(
                                "null",
                                '0',
                                "no-run-if-empty",
                                'r',
                                "verbose",
                                't',
                                "max-args",
                                'n',
                                "max-chars",
                                's',
                                "replace",
                                'i',
                                "max-procs",
                                'P',
                                "arg-file",
                                'a',
                                "max-lines",
                                'l',
                                "delimiter",
                                'd'),
                        1,
                        (task, options) -> new XargsTool(task, options).run()));
    }

    private int run() throws IOException, InterruptedException {
        for (int index = 0; index < "nsLP".length(); index++) {
            char option = "nsLP".charAt(index);
            String value = options.value(option, "1");
            if (!value.matches("\\d{1,9}")) {
                return gnu
                        ? Options.usage(task, 1, "invalid number \"" + value + "\" for -" + option + " option")
                        : task.fail(1, "invalid number '" + value + "'");
            }
        }
        String text;
        try {
            text = new String(Inputs.bytes(task, options.value('a', "-")), StandardCharsets.UTF_8);
        } catch (FileError e) {
            return task.fail(1, "Cannot open input file '" + e.path() + "': " + e.words());
        }
        boolean replaces = options.has('I') || options.has('i');
        if (gnu && replaces && options.has('n')) {
            int unused = task.fail(
                    0,
                    "warning: options --max-args and --replace/-I/-i are mutually exclusive, ignoring previous --max-args value");
        }
        XargsWords words = new XargsWords(options.has('0') ? "\0" : options.has('d') ? delimiter() : "", replaces);
        words.read(text);
        List<String> command = options.operands().isEmpty() ? List.of("echo") : options.operands();
        if (replaces) {
            String mark = options.has('I') ? options.value('I', "{}") : options.value('i', "");
            for (String each : words.words()) {
                if (!go(replaced(command, mark.isEmpty() ? "{}" : mark, each))) {
                    return code;
                }
            }
        } else if (!together(command, words)) {
            return code;
        }
        if (!words.unmatched().isEmpty()) {
            String rest = gnu ? "; by default quotes are special to xargs unless you use the -0 option" : "";
            return task.fail(1, "unmatched " + words.unmatched() + " quote" + rest);
        }
        return code;
    }

    private String delimiter() {
        String given = Echo.unescape(options.value('d', " "));
        return given.isEmpty() ? " " : given.substring(0, 1);
    }

    private static List<String> replaced(List<String> command, String mark, String with) {
        List<String> words = new ArrayList<>(List.of(command.get(0)));
        command.subList(1, command.size()).forEach(word -> words.add(word.replace(mark, with)));
        return words;
    }

    /** Whether to go on. */
    private boolean together(List<String> command, XargsWords words) throws IOException, InterruptedException {
        long most = options.number('n', Integer.MAX_VALUE);
        long lines = options.has('L') ? options.number('L', 1) : options.has('l') ? options.number('l', 1) : 0;
        long room = options.number('s', MOST);
        List<String> now = new ArrayList<>(command);
        long size = size(command);
        boolean any = false;
        int linesNow = 0;
        List<String> all = words.words();
        if (!words.unmatched().isEmpty() && !gnu) {
            return true;
        }
        for (int i = 0; i < all.size(); i++) {
            String word = all.get(i);
            int count = now.size() - command.size();
            if (count > 0 && (count >= most || size + word.length() + 1 > room)) {
                if (!go(now)) {
                    return false;
                }
                now = new ArrayList<>(command);
                size = size(command);
                linesNow = 0;
            }
            now.add(word);
            any = true;
            size += word.getBytes(StandardCharsets.UTF_8).length + 1;
            linesNow += words.endsLine(i) ? 1 : 0;
            if (lines > 0 && linesNow >= lines) {
                if (!go(now)) {
                    return false;
                }
                now = new ArrayList<>(command);
                size = size(command);
                linesNow = 0;
            }
        }
        boolean bare = !any && !options.has('r') && words.unmatched().isEmpty();
        return now.size() == command.size() && !bare || go(now);
    }

    private static long size(List<String> words) {
        return words.stream().mapToLong(word -> word.length() + 1L).sum();
    }

    private boolean go(List<String> words) throws IOException, InterruptedException {
        if (options.has('t')) {
            task.printError(String.join(" ", words) + "\n");
        }
        Launcher.Found found = task.container().runtime().launcher().find(task.files(), words.get(0), task.env("PATH"));
        if (found.tool() == null && found.failure() != Launcher.Failure.UNMODELLED) {
            boolean denied =
                    found.failure() == Launcher.Failure.DENIED || found.failure() == Launcher.Failure.DIRECTORY;
            code = task.fail(
                    denied ? 126 : 127,
                    words.get(0) + ": " + (denied ? "Permission denied" : "No such file or directory"));
            return false;
        }
        int ended = new Shell(task).external(words, Map.of(), false);
        if (ended == 255) {
            code = task.fail(124, words.get(0) + ": exited with status 255; aborting");
            return false;
        }
        if (ended != 0) {
            code = 123;
        }
        return true;
    }
}
