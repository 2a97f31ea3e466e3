package dev.kuar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.output.Console;
import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.output.Palette;
import dev.kuar.tutor.Said;
import dev.kuar.tutor.Said.Mark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConsoleVoiceTest {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    @Test
    void a_step_shows_where_one_is_its_task_and_what_to_do_next() {
        say(
                Language.EN,
                40,
                new Said.Milestone(List.of(Mark.PASSED, Mark.SKIPPED, Mark.OPEN, Mark.OPEN), 2, "The nodes"),
                new Said.Prose("A *node* is a machine."),
                new Said.Field("tutor.task", "List the nodes of the cluster, with their status."),
                Said.message("next-step", "Leases"));
        assertThat(printed()).isEqualTo("""

                        [#->.] 3/4 The nodes
                        A *node* is a machine.

                        Task
                          List the nodes of the cluster, with
                          their status.

                        `next` goes on: Leases

                        """);
    }

    @Test
    void a_verdict_has_its_parts_under_each_other_also_in_korean() {
        Said[] verdict = {
            Said.message("not-yet"),
            new Said.Prose("Not all."),
            new Said.Field("tutor.expected", "4 nodes"),
            new Said.Field("tutor.actual", "3 nodes, and one that does not answer"),
            new Said.Field("tutor.show", "`kubectl get nodes`")
        };
        say(Language.EN, 40, verdict);
        say(Language.KO, 40, verdict);
        assertThat(printed()).isEqualTo("""

                        Not yet.
                        Not all.

                          expected  4 nodes
                          actual    3 nodes, and one that does
                                    not answer
                          see it    `kubectl get nodes`

                        아직 아닙니다.
                        Not all.

                          기대      4 nodes
                          실제      3 nodes, and one that does
                                    not answer
                          확인      `kubectl get nodes`
                        """);
    }

    @Test
    void a_list_is_aligned_and_ends_where_the_terminal_does() {
        say(
                Language.EN,
                24,
                new Said.Row(List.of(">", "etcd", "1/7", "where everything is kept")),
                new Said.Row(List.of(" ", "노드", Said.message("mark.open"), "x")));
        assertThat(printed()).isEqualTo("""
                        >   etcd   1/7    where…
                            노드   open   x
                        """);
    }

    @Test
    void what_comes_from_a_cluster_cannot_steer_the_terminal() {
        say(Language.EN, 40, new Said.Output("a\u001b[2Jb"), Said.message("actual", "x"), new Said.Command("c\u0007"));
        assertThat(printed()).doesNotContain("\u001b", "\u0007");
    }

    private void say(Language language, int columns, Said... words) {
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        Console console = new Console(out, out, Palette.PLAIN, new Messages(language), () -> columns);
        new ConsoleVoice(() -> console).say(List.of(words));
    }

    private String printed() {
        return text.toString(StandardCharsets.UTF_8);
    }
}
