package dev.kuar.practice.object;

import java.util.List;

/** A request that the API server refuses; carries the {@link Status} that the client is to see. */
public class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final transient List<String> warnings;

    public ApiException(Status status) {
        this(status, List.of());
    }

    private ApiException(Status status, List<String> warnings) {
        super(status.message());
        this.status = status;
        this.warnings = warnings;
    }

    /** The same, said together with warnings; those that it has already stay. */
    public ApiException warning(List<String> more) {
        return more.isEmpty() || !warnings.isEmpty() ? this : new ApiException(status, List.copyOf(more));
    }

    /** What the client was warned of before it was refused; perhaps nothing. */
    public List<String> warnings() {
        return warnings;
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
