package dev.kuar.kube;

import org.jspecify.annotations.Nullable;

/** A read of a cluster that gave no answer; {@code getMessage} keeps the wording of Kubernetes where it spoke. */
public final class ReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Cause why;

    public ReadException(Cause why, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    public Cause why() {
        return why;
    }

    /** Who is to blame. */
    public enum Cause {
        /** Nobody answered: stopped, no network, no such context. */
        UNREACHABLE,
        /** The API server said no. */
        REFUSED,
        /** A command in a pod failed, took too long or said too much. */
        EXEC_FAILED
    }
}
