package dev.kuar.practice.container;

import java.util.Locale;

/** A file operation that the kernel refuses; {@link #words} is what {@code strerror} says. */
final class FileError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String path;

    FileError(Kind kind, String path) {
        super(path + ": " + kind.words);
        this.kind = kind;
        this.path = path;
    }

    Kind kind() {
        return kind;
    }

    String path() {
        return path;
    }

    String words() {
        return kind.words;
    }

    /** As Go's syscall package words it, in lower case. */
    String goWords() {
        return kind.words.toLowerCase(Locale.ROOT);
    }

    /** The errno. */
    enum Kind {
        MISSING("No such file or directory"),
        EXISTS("File exists"),
        NOT_A_DIRECTORY("Not a directory"),
        IS_A_DIRECTORY("Is a directory"),
        DENIED("Permission denied"),
        READ_ONLY("Read-only file system"),
        NOT_EMPTY("Directory not empty"),
        LOOP("Too many levels of symbolic links"),
        BUSY("Device or resource busy"),
        NO_SPACE("No space left on device"),
        CROSS_DEVICE("Invalid cross-device link"),
        NOT_PERMITTED("Operation not permitted"),
        INVALID("Invalid argument");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }
}
