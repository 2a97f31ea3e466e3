package dev.kuar.practice.container;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code sed}. */
final class SedTool {
    /** What GNU's says where it was not called as it wants to be. */
    static final String USAGE = "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n";

    private SedTool() {}

    static void addTo(Map<String, Tool> tools) {
        Map<String, Character> shared = Map.of(
                "quiet", 'n', "silent", 'n', "expression", 'e', "file", 'f', "regexp-extended", 'E', "in-place", 'i');
        Map<String, Character> names = new HashMap<>(shared);
        names.putAll(Map.of(
                "line-length",
                'l',
                "separate",
                's',
                "unbuffered",
                'u',
                "null-data",
                'z',
                "debug",
                'D',
                "posix",
                'P',
                "sandbox",
                'S'));
        Tool gnu = Options.tool("ne:f:Eri;l:suzbDPS", names, 1, SedTool::run);
        Tool busybox = Options.tool("ne:f:Eri;", shared, 1, SedTool::run);
        tools.put("sed", task -> (Options.gnu(task) ? gnu : busybox).run(task));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> operands = options.operands();
        boolean given = options.has('e') || options.has('f');
        if (!given && operands.isEmpty()) {
            if (gnu) {
                task.printError(USAGE);
                return 1;
            }
            return Options.tooFew(task, 1, "", "[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...");
        }
        try {
            SedParser parser = new SedParser(gnu, options.has('E') || options.has('r'));
            List<SedCommand> commands = given ? scripts(task, options, parser) : one(parser, operands.get(0));
            List<String> files = given ? operands : operands.subList(1, operands.size());
            @Nullable String suffix = options.has('i') ? options.value('i', "") : null;
            SedInput input = new SedInput(
                    task,
                    files.isEmpty() ? List.of("-") : files,
                    options.has('z') ? '\0' : '\n',
                    options.has('s'),
                    suffix);
            int code =
                    new SedMachine(task, commands, input, options.has('n') || commentedQuiet(options, operands)).run();
            input.save();
            return code == 0 ? input.code() : code;
        } catch (SedScanner.Wrong e) {
            return task.fail(e.code(), e.words());
        }
    }

    private static boolean commentedQuiet(Options options, List<String> operands) {
        List<String> scripts = options.has('e') ? options.values('e') : operands;
        return !options.has('f') && !scripts.isEmpty() && (scripts.get(0) + "\n").startsWith("#n\n");
    }

    private static List<SedCommand> one(SedParser parser, String script) {
        parser.add(Inputs.word(script), "-e expression #1, ");
        return parser.finish();
    }

    private static List<SedCommand> scripts(Task task, Options options, SedParser parser) throws IOException {
        int number = 0;
        StringBuilder open = new StringBuilder();
        for (Map.Entry<Character, String> each : options.inOrder()) {
            if (each.getKey() == 'e') {
                open.append(Inputs.word(each.getValue()));
                number++;
                // A backslash at the end goes on in the next expression.
                if (each.getValue().matches("(?s).*(^|[^\\\\])(\\\\\\\\)*\\\\")) {
                    open.append('\n');
                    continue;
                }
                parser.add(open.toString(), "-e expression #" + number + ", ");
                open.setLength(0);
            } else if (each.getKey() == 'f') {
                try {
                    parser.add(Inputs.text(task, each.getValue()), "file " + each.getValue() + " line 1: ");
                } catch (FileError e) {
                    boolean gnu = Options.gnu(task);
                    throw new SedScanner.Wrong(
                            (gnu ? "couldn't open file " : "") + e.path() + ": " + e.words(), gnu ? 4 : 1);
                }
            }
        }
        if (!open.isEmpty()) {
            parser.add(open.toString(), "-e expression #" + number + ", ");
        }
        return parser.finish();
    }
}
