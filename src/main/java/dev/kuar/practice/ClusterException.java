package dev.kuar.practice;

/** A practice cluster that cannot be made, opened or found; the message says what happened. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Kind kind;
    private final transient Object[] about;

    /** Sorts failures for whoever turns them into exit codes. */
    public enum Kind {
        /** No name of a cluster, or there is no such cluster. */
        NAME,
        /** There is a cluster of that name. */
        NAME_TAKEN,
        /** The port is in use by another program. */
        PORT_TAKEN,
        /** The same of the port that etcd's clients were to use. */
        ETCD_PORT_TAKEN,
        /** Another process owns the cluster. */
        OWNED,
        /** The disk or the files. */
        FILES,
        /** The cluster's store is not what it was. */
        DAMAGED,
        /** A snapshot that cannot be used. */
        SNAPSHOT
    }

    public ClusterException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.about = new Object[0];
    }

    /** @param about the cluster's name and, for {@link Kind#PORT_TAKEN}, the port */
    public ClusterException(Kind kind, String message, Throwable cause, Object... about) {
        super(message, cause);
        this.kind = kind;
        this.about = about.clone();
    }

    public Kind kind() {
        return kind;
    }

    /** What an advice may name; empty where nothing is known. */
    public Object[] about() {
        return about.clone();
    }
}
