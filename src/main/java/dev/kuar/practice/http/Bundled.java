package dev.kuar.practice.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The data files under {@code practice/http/}. A missing one is a fault of the build. */
final class Bundled {
    private Bundled() {}

    /** The lines of a text file without empty ones and comments. */
    static List<String> lines(String name) {
        try (InputStream in = Bundled.class.getResourceAsStream("/practice/http/" + name)) {
            if (in == null) {
                throw new IllegalStateException("kuar was built without its data file practice/http/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
