package dev.kuar.practice.container;

/** A script that the shell can't read. */
final class ShellSyntaxError extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean incomplete;

    ShellSyntaxError(String message, boolean incomplete) {
        super(message);
        this.incomplete = incomplete;
    }

    /** Whether more lines could make it right. */
    boolean isIncomplete() {
        return incomplete;
    }
}
