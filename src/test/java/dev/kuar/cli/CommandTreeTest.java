package dev.kuar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.process.Invocation;
import dev.kuar.process.KuarHome;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class CommandTreeTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private static final Set<String> OWN_HELP = Set.of("kubectl", "k");

    private final FakeHost host = new FakeHost();
    private final CommandTree tree = new CommandTree(host);

    @Test
    void run_hands_its_lines_to_the_host() throws InterruptedException {
        assertThat(run("run", "--keep-going", "-c", "a", "-c", "b")).isEqualTo(7);
        assertThat(host.lines).containsExactly("a", "b");
        assertThat(host.keepGoing).isTrue();
    }

    @Test
    void kubectl_gets_its_words_as_they_are() throws InterruptedException {
        assertThat(run("k", "get", "--help")).isEqualTo(6);
        assertThat(host.lines).containsExactly("kubectl", "get", "--help");
    }

    @Test
    void no_words_open_the_shell() throws InterruptedException {
        assertThat(run()).isEqualTo(5);
    }

    @Test
    void a_wrong_word_names_what_was_probably_meant() throws InterruptedException {
        assertThat(run("rnu")).isEqualTo(2);
        assertThat(text())
                .contains("rnu")
                .contains("Did you mean: ")
                .contains("run")
                .contains("See: kuar --help");
    }

    @Test
    void version_and_help_answer_at_every_level() throws InterruptedException {
        assertThat(run("--version")).isZero();
        assertThat(text()).startsWith("kuar ");
        assertThat(run("run", "--help")).isZero();
        assertThat(text()).contains("Examples:").contains("--stacktrace");
    }

    @Test
    void every_command_has_a_description_and_examples() {
        check(tree.model(invocation()), "");
    }

    /** Programs that parse their own words have a help of their own. */
    private static void check(CommandLine command, String path) {
        command.getSubcommands().forEach((name, sub) -> {
            assertThat(sub.getCommandSpec().usageMessage().description())
                    .as(path + name)
                    .isNotEmpty();
            if (OWN_HELP.contains(name)) {
                return;
            }
            assertThat(sub.getCommandSpec().usageMessage().footer())
                    .as("examples of " + path + name)
                    .anyMatch(line -> line.contains(name));
            check(sub, path + name + " ");
        });
    }

    private int run(String... words) throws InterruptedException {
        return tree.run(invocation(words));
    }

    private Invocation invocation(String... words) {
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        return new Invocation(
                "kuar",
                List.of(words),
                InputStream.nullInputStream(),
                stream,
                stream,
                Map.of(),
                Path.of("").toAbsolutePath(),
                TerminalView.NONE);
    }

    private String text() {
        String text = output.toString(StandardCharsets.UTF_8);
        output.reset();
        return text;
    }

    private static final class FakeHost implements Host {
        @Override
        public dev.kuar.cluster.Clusters clusters() {
            throw new IllegalStateException("no clusters here");
        }

        @Override
        public dev.kuar.tutor.Stage.Factory stages(CommandContext context) {
            throw new UnsupportedOperationException("no stages in this test");
        }

        @Override
        public dev.kuar.tutor.Surroundings surroundings() {
            throw new UnsupportedOperationException("no surroundings in this test");
        }

        private final List<String> lines = new ArrayList<>();
        private boolean keepGoing;

        @Override
        public KuarHome home() {
            return new KuarHome(Path.of("target/home"));
        }

        @Override
        public int openShell(CommandContext context) {
            return 5;
        }

        @Override
        public int runWords(CommandContext context, List<String> words) {
            lines.addAll(words);
            return 6;
        }

        @Override
        public int runLines(CommandContext context, List<String> given, boolean goOn) {
            lines.addAll(given);
            keepGoing = goOn;
            return 7;
        }

        @Override
        public dev.kuar.tutor.LineRunner lines(Map<String, String> environment, Path folder, PrintStream shown) {
            throw new UnsupportedOperationException("no lines in this test");
        }
    }
}
