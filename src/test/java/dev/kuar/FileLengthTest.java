package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the length of a Java file: 400 lines at most. */
final class FileLengthTest {
    private static final int LIMIT = 400;

    @Test
    void no_java_file_is_longer_than_the_limit() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                int lines = Files.readAllLines(file, StandardCharsets.UTF_8).size();
                if (lines > LIMIT) {
                    tooLong.add(file + ": " + lines);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }
}
