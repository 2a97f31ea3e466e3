package dev.kuar.practice.store;

/** The revision asked for is not there yet; {@link #newest()} is the newest. */
public final class FutureRevisionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long newest;

    public FutureRevisionException(long asked, long newest) {
        super("revision " + asked + ", newest is " + newest);
        this.newest = newest;
    }

    public long newest() {
        return newest;
    }
}
