package dev.kuar.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Lines of a stream, read no further than each line's end, so that a program that a line runs finds the rest. */
final class LineInput {
    private final InputStream input;

    LineInput(InputStream input) {
        this.input = input;
    }

    interface LineWork {
        int run(String line) throws InterruptedException;
    }

    /** Runs each whole line; returns the first exit code that is not 0, or the last line's where it left the shell. */
    int forEach(Statements statements, LineWork work, BooleanSupplier left) throws InterruptedException {
        int first = 0;
        for (Optional<String> line = read(); line.isPresent(); line = read()) {
            for (String whole : statements.take(line.get())) {
                int exit = work.run(whole);
                if (left.getAsBoolean()) {
                    return exit;
                }
                first = first == 0 ? exit : first;
            }
        }
        for (String rest : statements.rest()) {
            int exit = work.run(rest);
            first = first == 0 ? exit : first;
        }
        return first;
    }

    /** The next line without its end; empty at the end of the stream. */
    Optional<String> read() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int b = input.read();
            if (b < 0) {
                return Optional.empty();
            }
            while (b >= 0 && b != '\n') {
                line.write(b);
                b = input.read();
            }
            String text = line.toString(StandardCharsets.UTF_8);
            return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
