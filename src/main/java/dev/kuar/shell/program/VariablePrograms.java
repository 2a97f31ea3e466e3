package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.util.TreeMap;

/** {@code export} and {@code unset}. */
final class VariablePrograms {
    private VariablePrograms() {}

    static final class Export implements SessionProgram {
        @Override
        public int run(Session session, Invocation invocation) {
            if (invocation.arguments().isEmpty()
                    || invocation.arguments().get(0).equals("-p")) {
                new TreeMap<>(session.environment())
                        .forEach((name, value) ->
                                invocation.output().print("export " + name + "=" + Quoting.quote(value) + "\n"));
                return 0;
            }
            for (String word : invocation.arguments()) {
                int equals = word.indexOf('=');
                String name = equals < 0 ? word : word.substring(0, equals);
                if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                    Filter.complain(invocation, "'" + word + "': not a valid identifier");
                    return Filter.FAILED;
                }
                if (equals >= 0) {
                    session.assign(name, word.substring(equals + 1));
                }
                session.export(name);
            }
            return 0;
        }
    }

    static final class Unset implements SessionProgram {
        @Override
        public int run(Session session, Invocation invocation) {
            invocation.arguments().forEach(session::unset);
            return 0;
        }
    }
}
