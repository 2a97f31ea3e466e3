package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import dev.kuar.process.ProgramRegistry;
import dev.kuar.process.ProgramRegistry.Found;
import dev.kuar.shell.language.Session;
import dev.kuar.shell.language.SessionProgram;
import java.util.Optional;

/** {@code which NAME…}: what a name would run. */
final class WhichProgram implements SessionProgram {
    private final ProgramRegistry programs;

    WhichProgram(ProgramRegistry programs) {
        this.programs = programs;
    }

    @Override
    public int run(Session session, Invocation invocation) {
        int exit = 0;
        for (String name : invocation.arguments()) {
            String alias = session.aliases().get(name);
            Optional<Found> found = programs.find(name, invocation.environment(), invocation.directory());
            if (alias != null) {
                invocation.output().print(name + ": alias for " + alias + "\n");
            } else if (found.isEmpty()) {
                invocation.error().print(name + " not found\n");
                exit = Filter.FAILED;
            } else {
                invocation.output().print(where(name, found.get(), invocation) + "\n");
            }
        }
        return exit;
    }

    private static String where(String name, Found found, Invocation invocation) {
        return switch (found.kind()) {
            case BUILT_IN -> name + ": built into kuar";
            case TOOL -> name + ": kuar's own";
            default ->
                ProgramRegistry.onPath(name, invocation.environment(), invocation.directory())
                        .map(String::valueOf)
                        .orElse(name);
        };
    }
}
