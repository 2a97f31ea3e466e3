package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.util.List;

/** {@code tail [-n N | -n +N | -N] [FILE…]}: the last lines, 10 unless told, or those from line N on. */
final class TailProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(HeadProgram.counted(invocation.arguments()), "n:");
        String count = options.value('n', "10");
        if (!count.matches("\\+?\\d{1,9}")) {
            throw new Options.Unknown("invalid number of lines: '" + count + "'");
        }
        int number = Integer.parseInt(count.replace("+", ""));
        for (String name : orInput(options.operands())) {
            List<String> lines = allLines(invocation, List.of(name));
            int from = count.startsWith("+") ? number - 1 : lines.size() - number;
            lines.subList(Math.min(lines.size(), Math.max(0, from)), lines.size())
                    .forEach(line -> print(invocation, line));
        }
        return 0;
    }
}
