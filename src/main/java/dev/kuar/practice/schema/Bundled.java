package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data files under {@code practice/}, read as trees. A missing or broken one is a fault of the build. */
final class Bundled {
    private static final String ROOT = "/practice/";

    private Bundled() {}

    /** The lines of a text file, empty ones left out. */
    static List<String> lines(String path) {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean has(String path) {
        return Bundled.class.getResource(ROOT + path) != null;
    }

    /** The object that a JSON file holds; null where there is no such file. */
    static @Nullable Map<String, Object> find(String path) {
        if (Bundled.class.getResource(ROOT + path) == null) {
            return null;
        }
        return object(path);
    }

    /** The object that a JSON file holds. */
    static Map<String, Object> object(String path) {
        try (InputStream in = open(path)) {
            return JsonReader.readMap(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) {
        InputStream in = Bundled.class.getResourceAsStream(ROOT + path);
        if (in == null) {
            throw new IllegalStateException("kuar was built without its data file practice/" + path);
        }
        return in;
    }
}
