package dev.kuar.process;

import java.util.function.Consumer;

/** A program that tells the shell what it did, so that checks need not read its output. */
public interface DetailedProgram extends Program {
    /**
     * Runs as {@link Program#run} does and hands over the details once, before it returns; also when it failed, as far as
     * they are known.
     */
    int run(Invocation invocation, Consumer<RunDetails> report) throws InterruptedException;

    @Override
    default int run(Invocation invocation) throws InterruptedException {
        return run(invocation, details -> {});
    }
}
