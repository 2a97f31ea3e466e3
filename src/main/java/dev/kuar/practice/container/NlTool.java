package dev.kuar.practice.container;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** {@code nl}: lines with numbers. */
final class NlTool {
    private NlTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "nl",
                Options.tool(
                        "b:i:s:v:w:p",
                        "b:i:s:v:w:n:ph:f:l:d:",
                        Map.of(
                                "body-numbering",
                                'b',
                                "line-increment",
                                'i',
                                "number-separator",
                                's',
                                "starting-line-number",
                                'v',
                                "number-width",
                                'w',
                                "number-format",
                                'n'),
                        1,
                        NlTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        String kind = options.value('b', "t");
        int width = (int) options.number('w', 6);
        String form = options.value('n', "rn");
        String between = Inputs.word(options.value('s', "\t"));
        long[] number = {options.number('v', 1)};
        PosixRegex regex = kind.startsWith("p") ? PosixRegex.of(kind.substring(1), PosixRegex.Style.BASIC) : null;
        return Inputs.each(task, options.files(), file -> {
            ByteLines lines = new ByteLines(Inputs.open(task, file));
            for (String line = lines.next(); line != null; line = lines.next()) {
                boolean counted = regex != null
                        ? regex.search(line).find(0)
                        : kind.equals("a") || kind.equals("t") && !line.isEmpty();
                if (!counted) {
                    Inputs.print(task, " ".repeat(width + between.length()) + line + "\n");
                    continue;
                }
                String shown = Long.toString(number[0]);
                String padded = form.equals("ln")
                        ? String.format(Locale.ROOT, "%-" + width + "s", shown)
                        : form.equals("rz")
                                ? "0".repeat(Math.max(0, width - shown.length())) + shown
                                : String.format(Locale.ROOT, "%" + width + "s", shown);
                Inputs.print(task, padded + between + line + "\n");
                number[0] += options.number('i', 1);
            }
        });
    }
}
