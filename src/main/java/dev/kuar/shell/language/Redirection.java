package dev.kuar.shell.language;

import java.util.function.Supplier;

/**
 * Where a stream of a command comes from or goes to.
 *
 * @param stream 0 input, 1 output, 2 error
 * @param target a file's name, the number of another stream, or the text of a here-document, which is read after its line
 */
record Redirection(int stream, Kind kind, Supplier<Word> target) {
    enum Kind {
        READ,
        WRITE,
        APPEND,
        DUPLICATE,
        TEXT,
        BOTH
    }
}
