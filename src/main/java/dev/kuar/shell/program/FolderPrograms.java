package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code cd} and {@code pwd}. */
final class FolderPrograms {
    private FolderPrograms() {}

    static final class Cd implements SessionProgram {
        @Override
        public int run(Session session, Invocation invocation) {
            String wanted = invocation.arguments().isEmpty()
                    ? session.variable("HOME")
                    : invocation.arguments().get(0);
            boolean back = wanted.equals("-");
            String name = back ? session.variable("OLDPWD") : wanted;
            Path folder = session.directory().resolve(name);
            if (!Files.isDirectory(folder)) {
                Filter.complain(
                        invocation,
                        name + (Files.exists(folder) ? ": Not a directory" : ": No such file or directory"));
                return Filter.FAILED;
            }
            session.enter(folder);
            if (back) {
                invocation.output().print(session.directory() + "\n");
            }
            return 0;
        }
    }

    static final class Pwd implements SessionProgram {
        @Override
        public int run(Session session, Invocation invocation) {
            invocation.output().print(invocation.directory() + "\n");
            return 0;
        }
    }
}
