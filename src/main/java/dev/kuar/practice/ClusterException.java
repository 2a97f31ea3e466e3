package dev.kuar.practice;

/** A practice cluster that cannot be made, opened or found; the message says what happened and what to do. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Kind kind;

    /** Sorts failures for whoever turns them into exit codes. */
    public enum Kind {
        /** The name is taken, or there is no such cluster. */
        NAME,
        /** The port is in use by another program. */
        PORT_TAKEN,
        /** Another process owns the cluster. */
        OWNED,
        /** The disk or the files. */
        FILES
    }

    public ClusterException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ClusterException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
