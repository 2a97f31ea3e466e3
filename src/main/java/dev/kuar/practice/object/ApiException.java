package dev.kuar.practice.object;

/** A request that the API server refuses; carries the {@link Status} that the client is to see. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    public ApiException(Status status) {
        super(status.message());
        this.status = status;
    }

    public Status status() {
        return status;
    }

    public int code() {
        return status.code();
    }

    /** Whether it says that the object, or the kind, is not there. */
    public boolean isNotFound() {
        return status.code() == 404;
    }

    /** Whether it is a stale resource version or a name that is taken. */
    public boolean isConflict() {
        return status.code() == 409;
    }
}
