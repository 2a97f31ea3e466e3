package dev.kuar.error;

import org.jspecify.annotations.Nullable;

/** A failure that the user can act on; one handler prints what happened, why, and what to do next. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;
    private final transient Object[] arguments;

    /** {@code detail} says what happened, with names and values; it may hold untrusted text and is neutralised when printed. */
    public UserException(Reason reason, String detail) {
        this(reason, detail, (Throwable) null);
    }

    public UserException(Reason reason, String detail, @Nullable Throwable cause) {
        this(reason, detail, new Object[0], cause);
    }

    private UserException(Reason reason, String detail, Object[] arguments, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.arguments = arguments;
    }

    /**
     * A failure whose detail is the text of a message key, in the language of the session. The arguments also fill the
     * placeholders of the advice.
     */
    public static UserException saying(Reason reason, String key, Object... arguments) {
        return new UserException(reason, key, arguments.clone(), null);
    }

    /** The same, with the cause that explains it. */
    public UserException because(Throwable cause) {
        return new UserException(reason, detail(), arguments, cause);
    }

    public Reason reason() {
        return reason;
    }

    /** What happened: plain text, or a message key. */
    public String detail() {
        String detail = super.getMessage();
        return detail == null ? "" : detail;
    }

    /** The arguments of the message key; empty where the detail is plain text. */
    public Object[] arguments() {
        return arguments.clone();
    }
}
