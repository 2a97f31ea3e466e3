package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.kube.CommandRun;
import dev.kuar.process.DetailedProgram;
import dev.kuar.process.Invocation;
import dev.kuar.process.RunDetails;
import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.ExitException;
import dev.kuar.shell.language.LineSyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluatorTest {
    private final LineFixture shell;

    EvaluatorTest(@TempDir Path directory) {
        shell = new LineFixture(directory);
    }

    @BeforeEach
    void addTools() {
        shell.programs.tool("kubectl", FakeKubectl::new);
        shell.programs.builtIn("forever", () -> invocation -> {
            while (true) {
                invocation.output().print("y\n");
            }
        });
        shell.programs.builtIn("broken", () -> invocation -> {
            throw new IllegalStateException("oops");
        });
    }

    @Test
    void a_tool_run_is_recorded_with_alias_resolved_and_secrets_left_out() throws InterruptedException {
        shell.run("k get nodes --token abc | grep -c worker");
        assertThat(shell.printed()).isEqualTo("1\n");
        assertThat(shell.runs).hasSize(1);
        CommandRun run = shell.runs.get(0);
        assertThat(run.tool()).isEqualTo("kubectl");
        assertThat(run.line()).isEqualTo("k get nodes --token *** | grep -c worker");
        assertThat(run.verb()).isEqualTo("get");
        assertThat(run.kind()).isEqualTo("Node");
        assertThat(run.output()).isEqualTo("NAME\nworker\n");
        assertThat(run.rows()).containsExactly(Map.of("name", "worker"));
    }

    @Test
    void runs_of_xargs_are_recorded_and_echo_is_not() throws InterruptedException {
        shell.run("echo nodes | xargs kubectl get");
        assertThat(shell.runs).extracting(CommandRun::arguments).containsExactly(List.of("get", "nodes"));
    }

    @Test
    void a_writer_that_nobody_reads_ends() throws InterruptedException {
        assertThat(shell.run("forever | head -2")).isZero();
        assertThat(shell.printed()).isEqualTo("y\ny\n");
    }

    @Test
    void an_interruption_ends_the_line_and_all_its_stages() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        shell.programs.builtIn("wait", () -> invocation -> {
            started.countDown();
            new CountDownLatch(1).await();
            return 0;
        });
        Thread line = new Thread(() -> {
            try {
                shell.run("wait | cat");
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        line.start();
        started.await();
        line.interrupt();
        line.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(shell.session.lastStatus()).isEqualTo(130);
    }

    @Test
    void a_fault_in_a_program_is_said_without_a_trace() throws InterruptedException {
        assertThat(shell.run("broken")).isEqualTo(4);
        assertThat(shell.printed()).startsWith("error: oops\n").doesNotContain("\tat ");
        assertThat(shell.run("broken | cat")).isZero();
    }

    @Test
    void exit_leaves_with_its_code() {
        assertThatThrownBy(() -> shell.run("exit 3; echo never"))
                .isInstanceOfSatisfying(
                        ExitException.class, e -> assertThat(e.status()).isEqualTo(3));
    }

    @Test
    void background_jobs_are_listed_and_killed() throws InterruptedException {
        assertThat(shell.outputOf("sleep 1000 &")).isEqualTo("[1] sleep 1000\n");
        assertThat(shell.outputOf("jobs")).isEqualTo("[1]  Running    sleep 1000\n");
        shell.run("kill %1");
        assertThat(shell.run("fg %1")).isEqualTo(130);
        assertThat(shell.outputOf("jobs")).endsWith("sleep 1000\n").doesNotContain("Running");
    }

    @Test
    void half_a_line_is_known_from_a_wrong_one() {
        assertThatThrownBy(() -> Evaluator.check("echo 'a"))
                .isInstanceOfSatisfying(LineSyntaxException.class, e -> assertThat(e.incomplete())
                        .isTrue());
        assertThatThrownBy(() -> Evaluator.check("a | | b"))
                .isInstanceOfSatisfying(LineSyntaxException.class, e -> assertThat(e.incomplete())
                        .isFalse());
        assertThatThrownBy(() -> Evaluator.check("for i in a; do\n"))
                .isInstanceOfSatisfying(LineSyntaxException.class, e -> assertThat(e.incomplete())
                        .isTrue());
    }

    private static final class FakeKubectl implements DetailedProgram {
        @Override
        public int run(Invocation invocation, Consumer<RunDetails> report) {
            invocation.output().print("NAME\nworker\n");
            report.accept(new RunDetails(
                    "get", "v1", "Node", "", List.of(), Map.of(), "practice", List.of(Map.of("name", "worker"))));
            return 0;
        }
    }
}
