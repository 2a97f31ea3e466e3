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
        MISSING(2, "No such file or directory"),
        EXISTS(17, "File exists"),
        NOT_A_DIRECTORY(20, "Not a directory"),
        IS_A_DIRECTORY(21, "Is a directory"),
        DENIED(13, "Permission denied"),
        READ_ONLY(30, "Read-only file system"),
        NOT_EMPTY(39, "Directory not empty"),
        LOOP(40, "Too many levels of symbolic links"),
        BUSY(16, "Device or resource busy"),
        NO_SPACE(28, "No space left on device"),
        CROSS_DEVICE(18, "Invalid cross-device link"),
        NOT_PERMITTED(1, "Operation not permitted"),
        INVALID(22, "Invalid argument");

        private final int number;
        private final String words;

        Kind(int number, String words) {
            this.number = number;
            this.words = words;
        }

        /** As Linux counts. */
        int number() {
            return number;
        }
    }
}
