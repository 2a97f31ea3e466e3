package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.util.List;

/** {@code uniq [-c] [-d] [-u] [FILE]}: neighbours that are equal become one. */
final class UniqProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "cdu");
        List<String> lines = allLines(invocation, options.operands());
        int i = 0;
        while (i < lines.size()) {
            int end = i;
            while (end < lines.size() && lines.get(end).equals(lines.get(i))) {
                end++;
            }
            int count = end - i;
            if ((!options.has('d') || count > 1) && (!options.has('u') || count == 1)) {
                print(invocation, options.has('c') ? String.format("%7d %s", count, lines.get(i)) : lines.get(i));
            }
            i = end;
        }
        return 0;
    }
}
