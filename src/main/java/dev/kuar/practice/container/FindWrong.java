package dev.kuar.practice.container;

/** A word that is not understood; the message is find's. */
final class FindWrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean unknown;

    FindWrong(String message) {
        this(message, false);
    }

    /** @param unknown whether it is no word of find at all */
    FindWrong(String message, boolean unknown) {
        super(message);
        this.unknown = unknown;
    }

    boolean unknown() {
        return unknown;
    }
}
