package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.Launcher.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input and faults: each is said, with an exit code, and nothing is lost. */
final class FaultsIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_malformed_kubeconfig_is_said_before_a_cluster_is_made() throws Exception {
        Launcher kuar = new Launcher(folder);
        Files.createDirectories(kuar.home());
        Files.writeString(kuar.home().resolve("kubeconfig"), "apiVersion: v1\nclusters: [\n");

        Result create = kuar.run("run", "-c", "kind create cluster");
        Result list = kuar.run("cluster", "list");

        assertThat(create.exit()).isEqualTo(3);
        assertThat(create.err())
                .contains("is no YAML: line 3, column 1", "what to do:")
                .doesNotContain("Creating");
        assertThat(kuar.home().resolve("clusters/kind")).doesNotExist();
        assertThat(list.exit()).isEqualTo(3);
        quiet(create);
        quiet(list);
    }

    @Test
    void a_full_disk_is_said_and_leaves_no_half_of_a_cluster() throws Exception {
        try (Mount small = Mount.tmpfs(folder.resolve("small"), "size=64k")) {
            Launcher kuar = new Launcher(folder)
                    .with("KUAR_HOME", small.place().resolve("home").toString());

            Result result = kuar.run("run", "-c", "kind create cluster");

            assertThat(result.exit()).as(result.err()).isEqualTo(3);
            assertThat(result.err()).contains("No space left on device", "what to do: Free some space");
            quiet(result);
            try (Stream<Path> left = Files.list(kuar.home().resolve("clusters"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void a_lesson_goes_on_where_progress_cannot_be_kept() throws Exception {
        try (Mount small = Mount.tmpfs(folder.resolve("small"), "size=64k")) {
            Launcher kuar = new Launcher(folder)
                    .with("KUAR_HOME", small.place().resolve("home").toString());
            kuar.run("progress");
            small.fill();

            Result result = kuar.typing("task\n").run("learn", "first-look");

            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.out()).contains("The progress can't be written", "Task");
            quiet(result);
        }
    }

    @Test
    void a_read_only_home_is_said() throws Exception {
        try (Mount small = Mount.tmpfs(folder.resolve("ro"), "size=64k")) {
            small.readOnly();
            Launcher kuar = new Launcher(folder)
                    .with("KUAR_HOME", small.place().resolve("home").toString());

            Result result = kuar.run("run", "-c", "echo hi");

            assertThat(result.exit()).isEqualTo(3);
            assertThat(result.err()).contains("Read-only file system", "set KUAR_HOME to another folder");
            quiet(result);
        }
    }

    @Test
    void a_cluster_that_is_stopped_or_deleted_under_a_step_is_no_wrong_answer() throws Exception {
        Result result = new Launcher(folder)
                .typing("minikube start\nkubectl version\nnext\nminikube stop\ncheck\nminikube delete\ncheck\n")
                .run("learn", "first-look");

        assertThat(result.out().split("This can't be checked now; that is no wrong answer\\.", -1))
                .as(result.out() + result.err())
                .hasSize(3);
        quiet(result);
    }

    @Test
    void what_was_passed_and_made_is_there_after_kill_9() throws Exception {
        Launcher kuar = new Launcher(folder);
        try (Launcher.Running learning = kuar.start("learn", "first-look")) {
            learning.process()
                    .getOutputStream()
                    .write("kind create cluster --wait 5m\nkubectl version\n".getBytes(StandardCharsets.UTF_8));
            learning.process().getOutputStream().flush();
            learning.awaitOutput("Passed.");
            learning.process().destroyForcibly().waitFor();
        }

        assertThat(kuar.run("progress").out()).containsPattern("first-look +1 +0 +0 +5");
        Result nodes = kuar.run("kubectl", "get", "nodes");
        assertThat(nodes.out()).as(nodes.err()).containsPattern("kind-control-plane +Ready");
    }

    @Test
    void no_colour_and_no_cursor_where_none_is_wanted() throws Exception {
        String dumb = inTerminal(new Launcher(Path.of("/usr/bin/script"), folder).with("TERM", "dumb"));
        String plain = inTerminal(new Launcher(Path.of("/usr/bin/script"), folder)
                .with("TERM", "xterm-256color")
                .with("NO_COLOR", "1"));

        assertThat(dumb)
                .contains("kubctl: command not found", "Did you mean: kubectl?")
                .doesNotContain("\u001b");
        assertThat(plain).contains("Did you mean: kubectl?").doesNotContainPattern("\u001b\\[[0-9;]*3[0-7]");
    }

    @Test
    void korean_is_korean_in_the_c_locale() throws Exception {
        Result result = new Launcher(folder).with("LANG", "C").without("LC_ALL").run("lern", "--lang", "ko");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("'lern'", "명령이 없습니다", "learn");
    }

    private static String inTerminal(Launcher script) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "skipped: script is not installed");
        Result result = script.typing("kubctl get pods\nexit\n")
                .run("-qec", "stty cols 80 rows 24; exec '" + Launcher.SCRIPT + "'", "/dev/null");
        return result.out();
    }

    private static void quiet(Result result) {
        assertThat(result.out() + result.err()).doesNotContain("Exception in thread", "\tat ", "Exception:");
    }

    /** A small file system; needs the rights to mount one. */
    private record Mount(Path place) implements AutoCloseable {
        static Mount tmpfs(Path place, String options) throws IOException, InterruptedException {
            Files.createDirectories(place);
            Optional<Path> mount = Launcher.installed("mount");
            boolean done = mount.isPresent()
                    && run(mount.get().toString(), "-t", "tmpfs", "-o", options, "tmpfs", place.toString()) == 0;
            Assumptions.assumeTrue(done, "skipped: no right to mount a file system");
            return new Mount(place);
        }

        void readOnly() throws IOException, InterruptedException {
            assertThat(run("mount", "-o", "remount,ro", place.toString())).isZero();
        }

        /** Leaves no byte free. */
        void fill() throws IOException {
            byte[] block = new byte[4096];
            try (var out = Files.newOutputStream(place.resolve("filler"))) {
                while (true) {
                    out.write(block);
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            assertThat(run("umount", place.toString())).isZero();
        }

        private static int run(String... words) throws IOException, InterruptedException {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }
}
