package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code tr [-d] [-s] [-c] SET [SET]} with ranges, classes and backslashes. */
final class TrProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "dsc");
        List<String> sets = options.operands();
        if (sets.isEmpty() || (sets.size() < 2 && !options.has('d') && !options.has('s'))) {
            throw new Options.Unknown("missing operand");
        }
        String from = set(sets.get(0));
        String to = sets.size() > 1 ? set(sets.get(1)) : "";
        String text = new String(invocation.input().readAllBytes(), StandardCharsets.UTF_8);
        StringBuilder result = new StringBuilder();
        int last = -1;
        for (int c : text.codePoints().toArray()) {
            int index = from.indexOf(c);
            boolean member = index >= 0 != options.has('c');
            if (member && options.has('d')) {
                continue;
            }
            int out = member && !to.isEmpty() ? to.charAt(Math.min(Math.max(index, 0), to.length() - 1)) : c;
            boolean squeezed = options.has('s') && member && out == last;
            if (!squeezed) {
                result.appendCodePoint(out);
            }
            last = out;
        }
        invocation.output().print(result);
        return 0;
    }

    private static String set(String written) {
        String text = PrintfProgram.unescape(written)
                .replace("[:upper:]", "A-Z")
                .replace("[:lower:]", "a-z")
                .replace("[:digit:]", "0-9")
                .replace("[:alpha:]", "A-Za-z")
                .replace("[:alnum:]", "A-Za-z0-9")
                .replace("[:space:]", " \t\n\r\f");
        StringBuilder set = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (i + 2 < text.length() && text.charAt(i + 1) == '-' && text.charAt(i + 2) >= text.charAt(i)) {
                for (char c = text.charAt(i); c <= text.charAt(i + 2); c++) {
                    set.append(c);
                }
                i += 2;
            } else {
                set.append(text.charAt(i));
            }
        }
        return set.toString();
    }
}
