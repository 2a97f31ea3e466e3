package dev.kuar.process;

/**
 * What SIGPIPE is to a process: nobody reads what a program writes. It passes through print streams, which swallow I/O exceptions;
 * programs let it through.
 */
public final class BrokenPipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenPipeException() {
        super("nobody reads", null, false, false);
    }
}
