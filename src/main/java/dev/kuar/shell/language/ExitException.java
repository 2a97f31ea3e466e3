package dev.kuar.shell.language;

/** Leaves the shell: thrown by {@code exit}. */
public final class ExitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public ExitException(int status) {
        super("exit " + status, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
