package dev.kuar.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFileTest {
    @TempDir
    private Path work = Path.of("");

    @Test
    void only_the_owner_reads_file_and_folder() throws IOException {
        Path file = work.resolve("new/secret");
        PrivateFile.write(file, "text");

        assertThat(file).hasContent("text");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(work.resolve("new"))).isEqualTo("rwx------");
    }

    @Test
    void a_file_that_others_could_read_is_closed_when_it_is_replaced() throws IOException {
        Path file = work.resolve("open");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        PrivateFile.write(file, "new");

        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void what_cannot_be_written_leaves_the_old_and_no_rest() throws IOException {
        Path folder = Files.createDirectories(work.resolve("taken/inside"));

        assertThatThrownBy(() -> PrivateFile.write(work.resolve("taken"), "x")).isInstanceOf(IOException.class);
        assertThat(folder).isDirectory();
        try (Stream<Path> rest = Files.list(work)) {
            assertThat(rest.toList()).isEqualTo(List.of(work.resolve("taken")));
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
