package dev.kuar.practice.nginx;

/** A configuration that nginx refuses; the message is what it says behind {@code [emerg]}. */
public final class ConfigurationError extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigurationError(String message, String file, int line) {
        super(message + " in " + file + ":" + line);
    }

    ConfigurationError(String message) {
        super(message);
    }

    /** One that has no place in a file. */
    public static ConfigurationError of(String message) {
        return new ConfigurationError(message);
    }
}
