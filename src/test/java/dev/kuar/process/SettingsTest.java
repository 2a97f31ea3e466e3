package dev.kuar.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void keeps_a_choice_and_what_others_wrote_beside_it() throws Exception {
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, "mode: practice\nadopted:\n- context: a\nlanguage: en\n");
        Settings settings = new Settings(file);
        settings.keep("language", "ko");
        assertThat(settings.value("language")).contains("ko");
        assertThat(Files.readString(file)).isEqualTo("mode: practice\nadopted:\n- context: a\nlanguage: ko\n");
    }

    @Test
    void nothing_is_chosen_where_there_is_no_file() {
        assertThat(new Settings(folder.resolve("none")).value("language")).isEmpty();
    }
}
