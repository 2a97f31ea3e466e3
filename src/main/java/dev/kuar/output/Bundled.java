package dev.kuar.output;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Files that come with kuar.
 *
 * <p>Where kuar runs from its jar they are read from the jar itself: the class loader would look into every module of the JDK first,
 * which costs a quarter of the time to the first prompt.
 */
final class Bundled {
    private Bundled() {}

    /** The file of that path, without a slash in front; null where there is none. */
    static @Nullable InputStream open(String path) throws IOException {
        String first = System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0];
        if (!first.endsWith("kuar.jar")) {
            return Bundled.class.getResourceAsStream("/" + path);
        }
        try (ZipFile jar = new ZipFile(first)) {
            ZipEntry entry = jar.getEntry(path);
            return entry == null
                    ? null
                    : new ByteArrayInputStream(jar.getInputStream(entry).readAllBytes());
        }
    }
}
