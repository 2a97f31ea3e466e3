package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.CommandRun;
import dev.kuar.process.KuarHome;
import dev.kuar.tutor.LineRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionLinesTest {
    @Test
    void lines_share_a_session_and_show_keep_and_record_what_they_do(@TempDir Path work) throws InterruptedException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        KuarHost host = new KuarHost(
                new KuarHome(work.resolve("home")),
                programs -> programs.tool("kind", () -> invocation -> {
                    invocation.output().print("no kind clusters found.\n");
                    return 0;
                }),
                Clock.systemUTC());
        try (LineRunner lines = host.lines(Map.of(), work, new PrintStream(shown, true, StandardCharsets.UTF_8))) {
            assertThat(lines.run("X=1; cd home").exit()).isZero();
            LineRunner.Result result = lines.run("echo $X; kind get clusters; false");
            assertThat(result.output()).isEqualTo("1\nno kind clusters found.\n");
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.runs()).extracting(CommandRun::tool).containsExactly("kind");
            assertThat(lines.folder().getFileName()).hasToString("home");
            assertThat(lines.runElsewhere("cd /; kind get clusters").runs()).isEmpty();
            assertThat(lines.folder().getFileName()).hasToString("home");
            assertThat(shown.toString(StandardCharsets.UTF_8)).startsWith("1\nno kind");
        }
    }
}
