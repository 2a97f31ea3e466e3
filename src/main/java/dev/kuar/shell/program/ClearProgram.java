package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.process.Program;

/** {@code clear}: an empty screen; nothing where there is none. */
final class ClearProgram implements Program {
    @Override
    public int run(Invocation invocation) {
        boolean screen = invocation.terminal().outputIsTerminal()
                && !invocation.environment().getOrDefault("TERM", "").equals("dumb")
                && invocation.environment().getOrDefault("KUAR_LINEAR", "").isEmpty();
        invocation.output().print(screen ? "\u001b[H\u001b[2J\u001b[3J" : "");
        return 0;
    }
}
