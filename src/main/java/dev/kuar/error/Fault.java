package dev.kuar.error;

/** Reasons that belong to no feature. */
public enum Fault implements Reason {
    /** Something in kuar itself went wrong. */
    OURS("our-fault", 4),
    /** A command was called in a way that it does not know. */
    USAGE("usage", 2),
    /** A file or folder cannot be read or written. */
    FILE("file", 3);

    private final String id;
    private final int exitCode;

    Fault(String id, int exitCode) {
        this.id = id;
        this.exitCode = exitCode;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int exitCode() {
        return exitCode;
    }

    @Override
    public String advice() {
        return "error." + id;
    }
}
