package dev.kuar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code learn} leaves practice: only as it is told to, and after it has shown to what. */
final class LearnCommandTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private Map<String, String> seen = Map.of();

    @TempDir
    private Path work = Path.of("");

    @Test
    void auto_stays_in_practice_whatever_was_live_before() throws Exception {
        environment.putAll(Map.of("KUAR_LIVE", "gcloud,kind", "KUAR_LIVE_YES", "1"));
        run("learn", "--auto");

        assertThat(seen).doesNotContainKeys("KUAR_LIVE", "KUAR_LIVE_YES");
    }

    @Test
    void auto_with_live_needs_a_yes() throws Exception {
        assertThat(run("learn", "--auto", "--live", "kind")).isEqualTo(2);
        assertThat(seen).isEmpty();
    }

    @Test
    void a_live_tool_is_shown_before_it_is_used() throws Exception {
        Path kind = work.resolve("kind");
        Files.writeString(kind, "#!/bin/sh\necho kind v0.31.0\n");
        Files.setPosixFilePermissions(kind, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("PATH", work + ":/usr/bin:/bin");
        run("learn", "--auto", "--live", "kind", "--yes");

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("program  " + kind, "version  kind v0.31.0", "costs no money");
        assertThat(seen).containsEntry("KUAR_LIVE", "kind").containsEntry("KUAR_LIVE_YES", "1");
    }

    @Test
    void a_live_tool_that_is_missing_is_said_before_anything_runs() throws Exception {
        environment.put("PATH", work.toString());
        assertThat(run("learn", "--auto", "--live", "eksctl", "--yes")).isNotZero();

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("eksctl is not installed");
        assertThat(seen).isEmpty();
    }

    private int run(String... words) throws InterruptedException {
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new CommandTree(new Recording())
                .run(new Invocation(
                        "kuar",
                        List.of(words),
                        InputStream.nullInputStream(),
                        stream,
                        stream,
                        environment,
                        work,
                        TerminalView.NONE));
    }

    /** Keeps the variables that stages would see, and opens none. */
    private final class Recording implements Host {
        @Override
        public KuarHome home() {
            return new KuarHome(work.resolve("home"));
        }

        @Override
        public int openShell(CommandContext context) {
            return 5;
        }

        @Override
        public int runLines(CommandContext context, List<String> lines, boolean keepGoing) {
            return 6;
        }

        @Override
        public int runWords(CommandContext context, List<String> words) {
            return 7;
        }

        @Override
        public dev.kuar.cluster.Clusters clusters() {
            throw new IllegalStateException("no clusters here");
        }

        @Override
        public dev.kuar.tutor.Surroundings surroundings() {
            throw new UnsupportedOperationException("no surroundings in this test");
        }

        @Override
        public dev.kuar.tutor.Stage.Factory stages(CommandContext context) {
            seen = Map.copyOf(context.invocation().environment());
            throw new UnsupportedOperationException("no stages in this test");
        }

        @Override
        public dev.kuar.tutor.LineRunner lines(Map<String, String> variables, Path folder, PrintStream shown) {
            throw new UnsupportedOperationException("no lines in this test");
        }
    }
}
