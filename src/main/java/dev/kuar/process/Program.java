package dev.kuar.process;

/**
 * Something that a line of the shell can run by name: the built-in kubectl, a stand-in of a tool of the book, a filter,
 * a program of the system.
 *
 * <p>A program reads and writes only through its {@link Invocation}; it keeps no state between runs and may run several
 * times at once.
 */
@FunctionalInterface
public interface Program {
    /**
     * Runs to the end and returns the exit code, 0 to 255.
     *
     * @throws InterruptedException when the learner pressed Ctrl-C; the caller turns it into exit code 130
     */
    int run(Invocation invocation) throws InterruptedException;
}
