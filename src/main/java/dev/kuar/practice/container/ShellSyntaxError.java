package dev.kuar.practice.container;

/** A script that the shell can't read. */
final class ShellSyntaxError extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean incomplete;
    private final int line;
    private final String source;

    /**
     * @param incomplete whether more lines could make it right
     * @param line where it is, as the shell counts
     * @param source that line, where bash shows it; else empty
     */
    ShellSyntaxError(String message, boolean incomplete, int line, String source) {
        super(message);
        this.incomplete = incomplete;
        this.line = line;
        this.source = source;
    }

    /** Whether more lines could make it right. */
    boolean isIncomplete() {
        return incomplete;
    }

    int line() {
        return line;
    }

    String source() {
        return source;
    }
}
