package dev.kuar.practice.cel;

import org.jspecify.annotations.Nullable;

/** An expression that cannot be compiled, or that failed for the values it was given. */
public sealed class CelException extends RuntimeException permits CostException {
    private static final long serialVersionUID = 1L;

    public CelException(String message) {
        super(message);
    }

    public CelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
