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
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

final class CommandTreeTest {
    private static final String HANGUL = "[가-힣]";
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

    @Test
    void help_of_the_root_says_what_kuar_is_and_shows_examples() throws InterruptedException {
        assertThat(run("--help")).isZero();
        assertThat(text()).contains("Learn Kubernetes by typing").contains("  kuar learn --auto");
    }

    @Test
    void help_is_korean_at_every_level_for_who_asks_in_korean() {
        CommandLine model = tree.model(invocation("--lang", "ko"));
        assertThat(model.getUsageMessage())
                .startsWith("사용법:")
                .contains("  kuar [-hV]")
                .contains("예:", "명령:", "옵션:");
        checkKorean(model, "kuar");
    }

    @Test
    void what_is_wrong_with_the_words_is_said_in_the_learners_language() throws InterruptedException {
        assertThat(run("run", "--bogus", "-c", "true")).isEqualTo(2);
        assertThat(run("practice", "serve", "a", "b")).isEqualTo(2);
        assertThat(run("practice", "serve", "--nodes", "many")).isEqualTo(2);
        assertThat(run("practice", "serve", "--nodes")).isEqualTo(2);
        assertThat(run("practice", "serve", "--ephemeral", "--name", "Mine")).isEqualTo(2);
        assertThat(run("cluster", "use", "--lang", "ko")).isEqualTo(2);
        assertThat(text())
                .contains("there is no option '--bogus' here")
                .contains("'b' is one word too many")
                .contains("'many' is no value for --nodes")
                .contains("--nodes needs a value")
                .contains("오류: 빠진 인자가 있습니다: NAME");
    }

    private static void checkKorean(CommandLine command, String path) {
        CommandSpec spec = command.getCommandSpec();
        assertThat(String.join(" ", spec.usageMessage().description())).as(path).containsPattern(HANGUL);
        for (ArgSpec each : spec.args()) {
            assertThat(String.join(" ", each.description()))
                    .as(path + " " + each)
                    .containsPattern(HANGUL);
        }
        command.getSubcommands().forEach((name, sub) -> checkKorean(sub, path + " " + name));
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
