package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.CommandRun;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainProgramTest {
    private static final String NODES = "NAME   STATUS   ROLES           AGE\na      Ready    control-plane   4s\n";
    private static final String PODS = "NAME   READY   STATUS    NOMINATED NODE\na      1/1     Running   <none>\n";

    private final Path work;
    private final ExplainProgram explain;

    ExplainProgramTest(@TempDir Path work) {
        this.work = work;
        this.explain = new ExplainProgram(new Workplace(
                new KuarHome(work),
                Map.of(),
                work,
                Clock.systemUTC(),
                UnaryOperator.identity(),
                Optional::empty,
                dev.kuar.shell.language.Readiness.NONE));
    }

    @Test
    void the_same_title_means_something_else_for_another_kind() {
        explain.accept(got("Node", NODES));
        assertThat(explain("STATUS")).contains("STATUS", "kubelet");
        explain.accept(got("Pod", PODS));
        assertThat(explain("status")).contains("CrashLoopBackOff");
    }

    @Test
    void without_a_word_all_columns_of_the_last_table() {
        assertThat(explain()).contains("No table has been shown yet");
        explain.accept(got("Pod", PODS));
        assertThat(explain()).contains("Columns of Pod:", "NAME", "READY", "NOMINATED NODE");
    }

    @Test
    void an_unknown_column_names_what_was_meant() {
        explain.accept(got("Node", NODES));
        assertThat(explain("STATSU")).contains("no words on the column STATSU", "Did you mean: STATUS?");
    }

    private String explain(String... words) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        int unused = explain.run(new Invocation(
                "explain", List.of(words), InputStream.nullInputStream(), out, out, Map.of(), work, TerminalView.NONE));
        return text.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    private static CommandRun got(String kind, String output) {
        return new CommandRun(
                "",
                "kubectl",
                List.of(),
                "get",
                "v1",
                kind,
                "",
                List.of(),
                Map.of(),
                "",
                0,
                output,
                "",
                Instant.EPOCH,
                Instant.EPOCH,
                List.of());
    }
}
