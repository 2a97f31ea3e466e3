package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** tac and rev: the last line, or the last character, first. */
final class TurnTools {
    private TurnTools() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "tac",
                Options.tool("", "s:br", Map.of("separator", 's', "before", 'b', "regex", 'r'), 1, TurnTools::tac));
        tools.put("rev", Options.tool("", TurnTools::rev));
    }

    private static int tac(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        String mark = Inputs.word(options.value('s', "\n"));
        int code = 0;
        for (String file : options.files()) {
            try {
                String text = Inputs.text(task, file);
                List<String> parts = List.of(text.split("(?<=" + java.util.regex.Pattern.quote(mark) + ")", -1));
                StringBuilder out = new StringBuilder();
                for (int i = parts.size() - 1; i >= 0; i--) {
                    out.append(parts.get(i));
                }
                Inputs.print(task, out);
            } catch (FileError e) {
                code = task.fail(
                        1,
                        gnu
                                ? e.kind() == FileError.Kind.IS_A_DIRECTORY
                                        ? e.path() + ": read error: Invalid argument"
                                        : "failed to open '" + e.path() + "' for reading: " + e.words()
                                : e.path() + ": " + e.words());
            }
        }
        return code;
    }

    private static int rev(Task task, Options options) throws IOException {
        int code = 0;
        for (String file : options.files()) {
            try {
                LineInput lines = new LineInput(Inputs.open(task, file));
                for (String line = lines.next(); line != null; line = lines.next()) {
                    task.println(new StringBuilder(line).reverse().toString());
                }
            } catch (FileError e) {
                code = task.fail(1, (Options.gnu(task) ? "cannot open " : "") + e.path() + ": " + e.words());
            }
        }
        return code;
    }
}
