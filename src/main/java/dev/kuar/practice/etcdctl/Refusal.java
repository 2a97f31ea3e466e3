package dev.kuar.practice.etcdctl;

/** A command that ends with {@code Error: …} and an exit code. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    /** Exit codes as etcdctl has them. */
    static final int ERROR = 1;

    static final int BAD_FEATURE = 4;
    static final int INTERRUPTED = 5;
    static final int BAD_ARGUMENTS = 128;

    private final int code;

    Refusal(int code, String message) {
        super(message);
        this.code = code;
    }

    int code() {
        return code;
    }

    static Refusal arguments(String message) {
        return new Refusal(BAD_ARGUMENTS, message);
    }
}
