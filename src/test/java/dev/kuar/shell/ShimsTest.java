package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kuar.kube.CommandRun;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.tutor.LineRunner;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools of a session as the system's shell and scripts find them. */
final class ShimsTest {
    @TempDir
    private Path work = Path.of("");

    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private LineRunner lines;

    @BeforeEach
    void open() {
        assumeTrue(File.separatorChar == '/', "skipped: no named pipes on Windows");
        KuarHost host = new KuarHost(
                new KuarHome(work.resolve("home with blank's")),
                programs -> programs.tool("kubectl", () -> this::kubectl).tool("kind", () -> this::kubectl),
                Clock.systemUTC());
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        lines = host.lines(Map.of("PATH", "/usr/bin:/bin"), work, nowhere);
    }

    @AfterEach
    void close() {
        lines.close();
    }

    /** Does what its first word says. */
    private int kubectl(Invocation run) throws InterruptedException {
        switch (run.arguments().isEmpty() ? "" : run.arguments().get(0)) {
            case "words" ->
                run.output()
                        .print(run.name() + run.arguments() + run.environment().get("X") + "\n");
            case "where" -> run.output().print(run.directory().getFileName() + "\n");
            case "read" -> run.output().print("read " + text(run) + "\n");
            case "both" -> {
                run.output().print("one\n");
                run.error().print("two\n");
                run.output().print("three\n");
            }
            case "flood" -> {
                while (true) {
                    run.output().print("y\n".repeat(1000));
                }
            }
            case "wait" -> {
                waiting.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    interrupted.countDown();
                }
            }
            default -> {
                run.error().print("what?\n");
                return 7;
            }
        }
        return 0;
    }

    private static String text(Invocation run) {
        try {
            return new String(run.input().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path script(String name, String... text) throws IOException {
        Path file = work.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", text) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    @Test
    void the_systems_shell_runs_the_sessions_kubectl_which_is_seen() throws Exception {
        LineRunner.Result result =
                lines.run("!X=inner kubectl words 'a  b' \"it's\" '한글' '' '*' '$X'; kubectl; echo exit $?");

        assertThat(result.output())
                .contains("kubectl[words, a  b, it's, 한글, , *, $X]inner\n")
                .contains("what?\n")
                .contains("exit 7\n");
        assertThat(result.runs()).extracting(CommandRun::tool).containsExactly("kubectl", "kubectl");
        assertThat(result.runs()).extracting(CommandRun::exit).containsExactly(0, 7);
        assertThat(result.runs().get(0).arguments()).containsExactly("words", "a  b", "it's", "한글", "", "*", "$X");
        assertThat(result.runs().get(0).output()).startsWith("kubectl[words");
    }

    @Test
    void the_exit_code_of_the_line_is_the_tools() throws Exception {
        assertThat(lines.run("!kubectl").exit()).isEqualTo(7);
    }

    @Test
    void a_script_and_what_it_starts_find_every_tool_where_they_are() throws Exception {
        Files.createDirectories(work.resolve("inner"));
        script("go.sh", "cd inner", "kubectl where", "sh -c 'sh -c \"kind where\"'");

        LineRunner.Result result = lines.run("./go.sh");

        assertThat(result.output()).isEqualTo("inner\ninner\n");
        assertThat(result.runs()).extracting(CommandRun::tool).containsExactly("kubectl", "kind");
    }

    @Test
    void the_path_of_the_session_itself_stays_as_it_was() throws Exception {
        assertThat(lines.run("!true").exit()).isZero();
        assertThat(lines.run("echo $PATH").output()).isEqualTo("/usr/bin:/bin\n");
    }

    @Test
    void input_reaches_the_tool_and_what_it_leaves_is_still_there() throws Exception {
        assertThat(lines.run("!printf 'a\\nb\\n' | kubectl read").output()).contains("read a\nb\n");
        assertThat(lines.run("!printf 'a\\nb\\n' | { kubectl words; cat; }").output())
                .endsWith("null\na\nb\n");
    }

    @Test
    void output_and_error_keep_their_order_where_they_go_to_one_place() throws Exception {
        assertThat(lines.run("!kubectl both 2>&1 | cat").output()).endsWith("one\ntwo\nthree\n");
        assertThat(lines.run("!kubectl both 2>/dev/null | cat").output()).endsWith("one\nthree\n");
        assertThat(lines.run("!kubectl both >&- 2>&-; echo done").output()).endsWith("done\n");
    }

    @Test
    void a_reader_that_has_enough_ends_the_tool() throws Exception {
        assertThat(lines.run("!kubectl flood | head -n 1").output()).endsWith("y\n");
    }

    @Test
    void several_run_side_by_side() throws Exception {
        LineRunner.Result result = lines.run("!for i in 1 2 3 4 5 6 7 8; do kubectl words $i & done; wait");

        assertThat(result.output().lines().filter(line -> line.startsWith("kubectl[words")))
                .hasSize(8);
        assertThat(result.runs()).hasSize(8);
    }

    @Test
    void ctrl_c_ends_the_tool() throws Exception {
        Thread typing = Thread.currentThread();
        Thread ctrlC = new Thread(() -> {
            try {
                waiting.await();
                typing.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ctrlC.start();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> lines.run("!sh -c 'kubectl wait; echo on'"))
                .isInstanceOf(InterruptedException.class);
        interrupted.await();
    }

    @Test
    void another_kubectl_runs_itself_and_is_seen_all_the_same() throws Exception {
        Path other = script("other", "read -r line", "echo \"$1 $line\"; echo oops >&2", "exit 5");

        LineRunner.Result result =
                lines.run("export KUAR_KUBECTL=" + other + "; !echo hello | kubectl get; echo exit $?");

        assertThat(result.output()).contains("get hello\n").contains("oops\n").contains("exit 5\n");
        assertThat(result.runs()).extracting(CommandRun::exit).containsExactly(5);
        assertThat(result.runs().get(0).output()).isEqualTo("get hello\n");
        assertThat(result.runs().get(0).error()).isEqualTo("oops\n");
    }

    @Test
    void a_real_tool_is_looked_for_behind_the_shims() throws Exception {
        Path bin = Files.createDirectories(work.resolve("bin"));
        Files.move(script("kind", "echo the real one"), bin.resolve("kind"));

        LineRunner.Result result = lines.run("export PATH=" + bin + ":$PATH KUAR_LIVE=kind; !kind get clusters");

        assertThat(result.output()).endsWith("the real one\n");
        assertThat(result.runs()).extracting(CommandRun::tool).containsExactly("kind");
    }

    @Test
    void only_the_learner_can_reach_them_and_they_leave_nothing_behind() throws Exception {
        Path shims = work.resolve("home with blank's/shims");

        String listed = lines.run("!ls -ld \"$(dirname \"$(dirname \"$(command -v kubectl)\")\")\"/*")
                .output();

        assertThat(listed).containsPattern("(?m)^drwx------.*/bin$").containsPattern("(?m)^prw-------.*/door$");
        lines.close();
        assertThat(entries(shims)).isEmpty();
    }

    @Test
    void what_a_killed_session_left_is_removed_by_the_next() throws Exception {
        Path shims = work.resolve("home with blank's/shims");
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path orphan = Files.createDirectories(shims.resolve(gone.pid() + "-123/bin"));

        lines.run("!true");

        assertThat(orphan.getParent()).doesNotExist();
        assertThat(entries(shims)).hasSize(1);
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
