package dev.kuar.process;

import java.nio.file.Path;

/**
 * Runs a program for another process, there where that process called: with its standard input and terminal, in its process
 * group, so that keys and signals reach it.
 */
@FunctionalInterface
public interface Outpost {
    /**
     * Runs to the end and returns the exit code. What the terminal of {@code invocation} says is one, output or error, the
     * program writes to itself; the rest goes to the invocation's streams.
     */
    int run(Path executable, Invocation invocation) throws InterruptedException;
}
