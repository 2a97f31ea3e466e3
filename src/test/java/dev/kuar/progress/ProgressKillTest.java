package dev.kuar.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.json.JsonFactory;

/** Kills a process that records progress, as {@code kill -9} does, and reads what it leaves behind. */
final class ProgressKillTest {
    private static final int ACKNOWLEDGED = 40;

    @TempDir
    Path folder;

    @Test
    void keeps_every_entry_that_was_acknowledged() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        Recording.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < ACKNOWLEDGED; i++) {
                assertThat(said.readLine()).isEqualTo("step-" + i);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

        ProgressStore store = new ProgressStore(folder, Clock.systemUTC());
        List<Entry> entries = store.entries();
        assertThat(entries).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED);
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).step()).isEqualTo("step-" + i);
        }
        store.record(Entry.Kind.PASSED, "one", "afterwards", "h", "");
        assertThat(new ProgressStore(folder, Clock.systemUTC()).entries()).hasSize(entries.size() + 1);
        assertThat(store.takeKeptAside()).isEmpty();
    }

    /** What the process needs, from wherever the test runs. */
    private static String classPath() throws Exception {
        List<String> places = new ArrayList<>();
        for (Class<?> needed : List.of(ProgressStore.class, ProgressKillTest.class, JsonFactory.class)) {
            places.add(Path.of(needed.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, places);
    }

    /** The process: records one entry after the other and says each when it is kept. */
    static final class Recording {
        private Recording() {}

        public static void main(String[] arguments) throws IOException {
            ProgressStore store = new ProgressStore(Path.of(arguments[0]), Clock.systemUTC());
            try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                for (int i = 0; i < 1_000_000; i++) {
                    store.record(Entry.Kind.PASSED, "one", "step-" + i, "h", "");
                    out.write(("step-" + i + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }
}
