package dev.kuar.practice.schema;

/** What was sent is not what its kind allows; the message is worded as Go's decoders word it. */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String restoring;

    public DecodeException(String message) {
        this(message, message);
    }

    /** @param restoring the words of the converter that makes objects of trees without decoding any JSON */
    DecodeException(String message, String restoring) {
        super(message);
        this.restoring = restoring;
    }

    /** What is said where a tree, not a text, was to become an object: by strategic merge patches. */
    public String restoring() {
        return restoring;
    }
}
