package dev.kuar.awk;

/** A program that cannot be read or cannot go on; the message is the whole complaint without the name of the program. */
final class AwkFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AwkFailure(String message) {
        super(message, null, false, false);
    }
}
