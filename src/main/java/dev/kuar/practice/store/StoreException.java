package dev.kuar.practice.store;

/** The store cannot do what it was asked. Nothing was written. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What stands in the way. */
    public enum Kind {
        /** The disk has no room. */
        FULL,
        /** What was acknowledged cannot be read any more; the file was set aside. */
        DAMAGED,
        /** The file is locked, or the system refuses to read or write it. */
        FILE
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
