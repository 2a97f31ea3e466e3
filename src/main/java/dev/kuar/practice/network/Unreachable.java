package dev.kuar.practice.network;

/** A connection that could not be made; {@link #cause} says how the kernel would have put it. */
public final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause cause;

    public Unreachable(Cause cause, String detail) {
        super(detail);
        this.cause = cause;
    }

    public Cause cause() {
        return cause;
    }

    /** As {@code strerror} words it. */
    public String words() {
        return switch (cause) {
            case REFUSED -> "Connection refused";
            case TIMED_OUT -> "Connection timed out";
            case NO_ROUTE -> "No route to host";
        };
    }

    /** Why. */
    public enum Cause {
        REFUSED,
        /** Packets vanish: the caller is told at once and should behave as if it had waited. */
        TIMED_OUT,
        NO_ROUTE
    }
}
