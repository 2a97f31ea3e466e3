package dev.kuar.error;

import org.jspecify.annotations.Nullable;

/** A failure that the user can act on; one handler prints what happened, why, and what to do next. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    /** {@code detail} says what happened, with names and values; it may hold untrusted text and is neutralised when printed. */
    public UserException(Reason reason, String detail) {
        this(reason, detail, null);
    }

    public UserException(Reason reason, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
