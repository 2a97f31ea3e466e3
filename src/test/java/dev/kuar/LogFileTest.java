package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
    private static final String FOLDER = "kuar.logs";
    private final Logger root = Logger.getLogger("");
    private final Handler[] before = root.getHandlers();
    private final Level level = root.getLevel();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void points_to_a_folder() {
        System.setProperty(FOLDER, folder.resolve("logs").toString());
    }

    @AfterEach
    void puts_the_handlers_back() {
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
            handler.close();
        }
        for (Handler handler : before) {
            root.addHandler(handler);
        }
        root.setLevel(level);
        System.clearProperty(FOLDER);
    }

    @Test
    void is_its_owners_alone_and_keeps_no_secrets() throws Exception {
        new LogFile();
        root.warning("sent kubectl --token=abc123 get nodes");

        Path log = folder.resolve("logs/kuar.log");
        assertThat(log).content().contains("kubectl --token=").doesNotContain("abc123");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_folder_that_cannot_be_made_means_no_log() throws Exception {
        Files.writeString(folder.resolve("logs"), "a file in its place");
        new LogFile();
        root.severe("heard by nobody");

        assertThat(folder.resolve("logs")).hasContent("a file in its place");
    }
}
