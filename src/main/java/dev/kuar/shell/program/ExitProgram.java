package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.shell.language.ExitException;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;

/** {@code exit [CODE]}: leaves the shell. */
final class ExitProgram implements SessionProgram {
    @Override
    public int run(Session session, Invocation invocation) {
        String code =
                invocation.arguments().isEmpty() ? "0" : invocation.arguments().get(0);
        if (!code.matches("\\d{1,3}")) {
            Filter.complain(invocation, code + ": numeric argument required");
            return Filter.USAGE;
        }
        throw new ExitException(Integer.parseInt(code) & 0xff);
    }
}
