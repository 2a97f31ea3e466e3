package dev.kuar.practice.store;

/** The revision asked for was compacted; {@link #oldest()} is the first that is still there. */
public final class CompactedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long oldest;

    public CompactedException(long asked, long oldest) {
        super("revision " + asked + ", oldest is " + oldest);
        this.oldest = oldest;
    }

    public long oldest() {
        return oldest;
    }
}
