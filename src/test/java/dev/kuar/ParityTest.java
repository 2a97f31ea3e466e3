package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.ClusterSpec;
import dev.kuar.practice.PracticeCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays a stable part of the goldens, which only reads, against a practice cluster; {@code scripts/parity} replays all.
 *
 * <p>The goldens lie beside the tree at {@code ../shared/golden}, or where {@code -Dgolden=DIR} says.
 */
final class ParityTest {
    @TempDir
    static Path folder;

    private static @Nullable PracticeCluster cluster;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(
                Files.isExecutable(golden().resolve("parity")), "skipped: the goldens are not beside this tree");
        Assumptions.assumeTrue(isInstalled("python3"), "skipped: python3 is not installed");
        PracticeCluster started = PracticeCluster.start(new ClusterSpec(
                "my-cluster", "kind", 2, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
        cluster = started;
        assertThat(started.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
        started.writeKubeconfig(folder.resolve("kubeconfig"));
    }

    @AfterAll
    static void stop() {
        PracticeCluster started = cluster;
        if (started != null) {
            started.close();
        }
    }

    @Test
    void kubectl_reads_what_it_read_from_the_recorded_cluster() {
        Assumptions.assumeTrue(isInstalled("kubectl"), "skipped: kubectl is not installed");
        assertThat(parity("cli", "--ro", "--only", "12*", "--min", "98"))
                .contains("same ")
                .doesNotContain("same 0 of");
    }

    @Test
    void requests_are_answered_as_the_recorded_server_answered_them() {
        assertThat(parity("http", "--only", "0[0-2]*", "--min", "98"))
                .contains("same ")
                .doesNotContain("same 0 of");
    }

    /** What parity says; fails below the floor that it was given. */
    private static String parity(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("python3", golden().resolve("parity").toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of("-v", "--kubeconfig", folder.resolve("kubeconfig").toString()));
        try {
            Path output = Files.createTempFile(folder, "parity", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Path golden() {
        return Path.of(System.getProperty("golden", "../shared/golden")).toAbsolutePath();
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(java.io.File.pathSeparator))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }
}
