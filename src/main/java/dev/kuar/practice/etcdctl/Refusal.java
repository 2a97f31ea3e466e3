package dev.kuar.practice.etcdctl;

/** A command that ends with {@code Error: …} and an exit code. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    /** Exit codes as etcdctl has them. */
    static final int ERROR = 1;

    static final int BAD_CONNECTION = 2;
    static final int BAD_INPUT = 3;
    static final int BAD_FEATURE = 4;
    static final int INTERRUPTED = 5;
    static final int BAD_ARGUMENTS = 128;

    private final int code;
    private final boolean usage;

    Refusal(int code, String message) {
        this(code, message, false);
    }

    private Refusal(int code, String message, boolean usage) {
        super(message);
        this.code = code;
        this.usage = usage;
    }

    /** For words that the command does not understand: its help is shown. */
    static Refusal usage(String message) {
        return new Refusal(ERROR, message, true);
    }

    boolean showsUsage() {
        return usage;
    }

    int code() {
        return code;
    }

    static Refusal arguments(String message) {
        return new Refusal(BAD_ARGUMENTS, message);
    }
}
