package dev.kuar.kubectl.data;

import org.jspecify.annotations.Nullable;

/** Text that is not what it should be: malformed JSON, YAML, path, template, quantity or duration. */
public final class ParseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ParseException(String message) {
        this(message, null);
    }

    public ParseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What is wrong; never null. */
    public String text() {
        String message = getMessage();
        return message == null ? "malformed" : message;
    }
}
