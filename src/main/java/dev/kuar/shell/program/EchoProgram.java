package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.process.Program;
import java.util.ArrayList;
import java.util.List;

/** {@code echo [-n] [-e] [WORD…]}. */
final class EchoProgram implements Program {
    @Override
    public int run(Invocation invocation) {
        List<String> words = new ArrayList<>(invocation.arguments());
        boolean newline = true;
        boolean escapes = false;
        while (!words.isEmpty() && words.get(0).matches("-[neE]+")) {
            String flags = words.remove(0);
            newline &= flags.indexOf('n') < 0;
            escapes = flags.indexOf('e') >= 0;
        }
        String text = String.join(" ", words);
        invocation.output().print((escapes ? PrintfProgram.unescape(text) : text) + (newline ? "\n" : ""));
        return 0;
    }
}
