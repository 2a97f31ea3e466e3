package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.cli.CommandTree;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The interactive shell in a terminal of the test's own; each line is typed when the prompt stands. */
@Timeout(60)
final class ShellTest {
    private final Path work;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private volatile @Nullable LineDisciplineTerminal typedInto;
    private final CountDownLatch stuck = new CountDownLatch(1);

    ShellTest(@TempDir Path work) {
        this.work = work;
    }

    @Test
    void reads_runs_and_leaves_with_the_code_of_exit() throws Exception {
        int exit = type("echo 가나 | cat", "false", "echo status $?", "exit 4");
        assertThat(exit).isEqualTo(4);
        assertThat(plain()).contains("practice $ ", "\n가나", "\nstatus 1");
    }

    @Test
    void an_open_quote_asks_for_more() throws Exception {
        type("echo 'one\ntwo'", "exit");
        assertThat(plain()).contains("> ", "one\ntwo");
    }

    @Test
    void ctrl_d_leaves_with_the_last_code() throws Exception {
        assertThat(type("false", "\u0004")).isEqualTo(1);
    }

    @Test
    void ctrl_c_ends_the_command_and_not_the_shell() throws Exception {
        type("stuck", "echo status $?", "exit");
        assertThat(plain()).contains("status 130");
    }

    @Test
    void a_ctrl_c_that_comes_after_the_program_it_ended_ends_nothing_else() throws Exception {
        type("belated", "sleep 0.5; echo status $?", "exit");
        assertThat(plain()).contains("\nstatus 0");
    }

    @Test
    void programs_read_edited_lines_until_ctrl_d() throws Exception {
        type("cat | tr a-z A-Z\ntypex\u007fd\n\u0004", "exit");
        assertThat(plain()).contains("\nTYPED");
    }

    @Test
    void a_reader_that_outlives_its_command_takes_nothing_from_the_next_line() throws Exception {
        type("lingering", "echo whole", "exit");
        assertThat(plain()).contains("\nwhole");
    }

    @Test
    void history_is_private_and_keeps_no_secrets() throws Exception {
        type("echo --token abc123", "history", "exit");
        Path file = work.resolve("home/history");
        assertThat(Files.readString(file)).contains("--token ***").doesNotContain("abc123");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(plain()).contains("1  echo --token ***");
    }

    @Test
    void what_a_job_says_while_a_line_is_typed_stands_above_it_and_the_line_goes_on() throws Exception {
        type("later &");
        assertThat(plain()).containsPattern("said meanwhile\n[^\n]*\\$ echo wh").contains("\nwhole");
    }

    @Test
    void the_language_changes_on_the_spot() throws Exception {
        type("lang ko", "nosuchtool", "exit");
        assertThat(plain()).contains("이제 한국어로", "nosuchtool: 명령을 찾을 수 없습니다");
    }

    private int type(String... lines) throws IOException, InterruptedException {
        PromptFeeder feeder = new PromptFeeder(List.of(lines), screen);
        LineDisciplineTerminal terminal = new LineDisciplineTerminal("test", "xterm", feeder, StandardCharsets.UTF_8);
        terminal.setSize(new Size(60, 24));
        feeder.keyboard(terminal::processInputBytes);
        typedInto = terminal;
        Thread interrupter = new Thread(() -> interruptWhenStuck(terminal));
        interrupter.setDaemon(true);
        interrupter.start();
        Thread shell = Thread.currentThread();
        Map<String, String> environment = new HashMap<>(Map.of("HOME", work.toString(), "PATH", "/usr/bin:/bin"));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Invocation invocation = new Invocation(
                "kuar",
                List.of(),
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                environment,
                work,
                new JLineView(terminal, new TerminalInput(terminal), false, false));
        KuarHost host = new KuarHost(
                new KuarHome(work.resolve("home")).prepare(),
                programs -> programs.builtIn("lingering", () -> run -> {
                            Thread reader = new Thread(() -> readOne(run.input()));
                            reader.setDaemon(true);
                            reader.start();
                            return 0;
                        })
                        .builtIn("later", () -> this::later)
                        .builtIn("belated", () -> run -> {
                            Thread late = new Thread(() -> interruptWhenAwaited(terminal, shell));
                            late.setDaemon(true);
                            late.start();
                            return 130;
                        })
                        .builtIn("stuck", () -> run -> {
                            stuck.countDown();
                            new CountDownLatch(1).await();
                            return 0;
                        }),
                Clock.systemUTC());
        return new Shell(host, CommandTree.context(invocation, host), terminal).run();
    }

    /** Types half a line, speaks, and types the rest. */
    private int later(Invocation run) throws InterruptedException {
        // What is typed before the prompt is there stands on the screen twice, as on any terminal.
        awaitScreen("\\[1] later\n[^\n]*\\$ ");
        keys("echo wh");
        awaitScreen("\\$ echo wh");
        run.output().print("said meanwhile\n");
        run.output().flush();
        awaitScreen("said meanwhile\n[^\n]*\\$ echo wh");
        keys("ole\n");
        awaitScreen("\nwhole\n");
        keys("exit\n");
        return 0;
    }

    private void keys(String text) {
        try {
            Objects.requireNonNull(typedInto).processInputBytes(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void awaitScreen(String pattern) throws InterruptedException {
        while (!Pattern.compile(pattern).matcher(plain()).find()) {
            boolean unused = new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
    }

    private static void readOne(InputStream input) {
        try {
            assertThat(input.read()).isNegative();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The shell waits a short while for a Ctrl-C that ended its program. */
    private static void interruptWhenAwaited(Terminal terminal, Thread shell) {
        while (shell.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        terminal.raise(Terminal.Signal.INT);
    }

    private void interruptWhenStuck(Terminal terminal) {
        try {
            stuck.await();
            terminal.raise(Terminal.Signal.INT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The screen without control sequences. */
    private String plain() {
        return screen.toString(StandardCharsets.UTF_8)
                .replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\u001b[>=]", "")
                .replace("\r", "");
    }
}
