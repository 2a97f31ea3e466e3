package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.util.List;

/** {@code history [N]}: the lines of this session. */
final class HistoryProgram implements SessionProgram {
    @Override
    public int run(Session session, Invocation invocation) {
        List<String> lines = session.history();
        String wanted = invocation.arguments().isEmpty()
                ? "1000"
                : invocation.arguments().get(0);
        if (!wanted.matches("\\d{1,6}")) {
            Filter.complain(invocation, wanted + ": numeric argument required");
            return Filter.USAGE;
        }
        for (int i = Math.max(0, lines.size() - Integer.parseInt(wanted)); i < lines.size(); i++) {
            invocation.output().print(String.format("%5d  %s%n", i + 1, lines.get(i)));
        }
        return 0;
    }
}
