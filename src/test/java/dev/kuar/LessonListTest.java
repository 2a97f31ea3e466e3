package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.cli.CommandTree;
import dev.kuar.output.DisplayWidth;
import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LessonListTest {
    @TempDir
    private Path work = Path.of("");

    @Test
    void a_row_ends_where_the_terminal_does_and_is_whole_elsewhere() throws InterruptedException {
        List<String> narrow = list(new PlainTerminal(false, true, 60));
        assertThat(narrow).hasSizeGreaterThan(14).allSatisfy(line -> assertThat(DisplayWidth.of(line))
                .isLessThanOrEqualTo(60));
        assertThat(narrow).anyMatch(line -> line.endsWith("…"));

        assertThat(list(TerminalView.NONE)).noneMatch(line -> line.endsWith("…"));
    }

    private List<String> list(TerminalView terminal) throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.of("HOME", work.toString(), "PATH", "/usr/bin:/bin");
        try (PracticeWorld world = new PracticeWorld(new KuarHome(work.resolve("home")), environment, work)) {
            new CommandTree(world.host())
                    .run(new Invocation(
                            "kuar",
                            List.of("lesson", "list", "--lang", "ko"),
                            InputStream.nullInputStream(),
                            stream,
                            stream,
                            new HashMap<>(environment),
                            work,
                            terminal));
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
