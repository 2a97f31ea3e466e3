package dev.kuar.shell.language;

import dev.kuar.process.Invocation;
import dev.kuar.process.Program;

/** A program that reads or changes the session it runs in: {@code cd}, {@code export}, {@code jobs}. */
public interface SessionProgram extends Program {
    int run(Session session, Invocation invocation) throws InterruptedException;

    /** Outside a session there is nothing to change. */
    @Override
    default int run(Invocation invocation) throws InterruptedException {
        return run(new Session(invocation.environment(), invocation.directory()), invocation);
    }
}
