package dev.kuar.practice.schema;

/** What was sent is not what its kind allows; the message is worded as Go's decoders word it. */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DecodeException(String message) {
        super(message);
    }
}
