package dev.kuar.practice.cel;

/** An expression that cannot be compiled, or that failed for the values it was given. */
public final class CelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CelException(String message) {
        super(message);
    }

    public CelException(String message, Throwable cause) {
        super(message, cause);
    }
}
