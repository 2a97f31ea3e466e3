package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.LineSyntaxException;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;

/** {@code alias} and {@code unalias}. */
final class AliasPrograms {
    private AliasPrograms() {}

    static final class Alias implements SessionProgram {
        @Override
        public int run(Session session, Invocation invocation) {
            if (invocation.arguments().isEmpty()) {
                session.aliases().forEach((name, text) -> show(invocation, name, text));
            }
            int exit = 0;
            for (String word : invocation.arguments()) {
                int equals = word.indexOf('=');
                String known = session.aliases().get(word);
                if (equals > 0) {
                    exit = Math.max(
                            exit, define(session, invocation, word.substring(0, equals), word.substring(equals + 1)));
                } else if (known != null) {
                    show(invocation, word, known);
                } else {
                    Filter.complain(invocation, word + ": not found");
                    exit = Filter.FAILED;
                }
            }
            return exit;
        }

        private static int define(Session session, Invocation invocation, String name, String text) {
            try {
                Evaluator.check(text);
            } catch (LineSyntaxException e) {
                Filter.complain(invocation, "'" + text + "' is not a line");
                return Filter.FAILED;
            }
            session.aliases().put(name, text);
            return 0;
        }

        private static void show(Invocation invocation, String name, String text) {
            invocation.output().print("alias " + name + "=" + Quoting.quote(text) + "\n");
        }
    }

    static final class Unalias implements SessionProgram {
        @Override
        public int run(Session session, Invocation invocation) {
            int exit = 0;
            for (String name : invocation.arguments()) {
                if (session.aliases().remove(name) == null) {
                    Filter.complain(invocation, name + ": not found");
                    exit = Filter.FAILED;
                }
            }
            return exit;
        }
    }
}
