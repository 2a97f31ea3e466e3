package dev.kuar.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @Test
    void a_table_aligns_korean_and_colour() {
        Table table = Table.titled("NAME", "STATUS")
                .row("노드", Palette.COLOR.green("Ready"))
                .row("worker-1", "x");
        assertThat(table.lines())
                .containsExactly("NAME       STATUS", "노드       \u001b[32mReady\u001b[39m", "worker-1   x");
    }

    @Test
    void markdown_wraps_and_marks_code_without_colour() {
        assertThat(new Markdown(Palette.PLAIN, 20).lines("# A\n\none two three `four` five\n\n- x\n- y\n"))
                .containsExactly("A", "", "one two three `four`", "five", "", "- x", "- y");
    }

    @Test
    void untrusted_text_cannot_steer_the_terminal() {
        assertThat(SafeText.of("a\u001b[2Jb\u009b\u202e\r\nc")).isEqualTo("a^[[2Jb\\u009b\\u202e\nc");
    }

    @Test
    void colour_follows_the_environment() {
        assertThat(Palette.wanted(Map.of(), true)).isTrue();
        assertThat(Palette.wanted(Map.of(), false)).isFalse();
        assertThat(Palette.wanted(Map.of("NO_COLOR", "1"), true)).isFalse();
        assertThat(Palette.wanted(Map.of("TERM", "dumb"), true)).isFalse();
        assertThat(Palette.wanted(Map.of("CLICOLOR_FORCE", "1"), false)).isTrue();
    }

    @Test
    void a_failure_says_what_why_and_what_to_do_and_never_shows_a_trace() {
        int exit = report(false)
                .print(UserException.saying(Fault.FILE, "cli.no-such-file", "x")
                        .because(new IllegalStateException("gone")));
        assertThat(exit).isEqualTo(3);
        assertThat(error.toString(StandardCharsets.UTF_8))
                .isEqualTo("error: there is no file x\nwhy: gone\nwhat to do: Look at the path and its permissions.\n");
    }

    @Test
    void why_is_in_the_systems_words_without_names_of_classes() {
        report(false)
                .print(UserException.saying(Fault.FILE, "cli.no-such-file", "x")
                        .because(new UncheckedIOException(new IOException("No space left on device"))));
        assertThat(error.toString(StandardCharsets.UTF_8)).contains("why: No space left on device\n");
    }

    @Test
    void a_fault_of_ours_has_exit_code_4() {
        assertThat(report(false).print(new IllegalStateException("oops"))).isEqualTo(4);
        assertThat(error.toString(StandardCharsets.UTF_8))
                .startsWith("error: oops\n")
                .doesNotContain("\tat ");
    }

    @Test
    void a_remark_in_a_terminal_is_broken_at_blanks_and_keeps_its_indentation() {
        remarks(true, 30)
                .remark("kuar: nodse is no kind of object. Did you mean nodes?\n  an indented line that is too long");
        assertThat(error.toString(StandardCharsets.UTF_8)).isEqualTo("""
                kuar: nodse is no kind of
                object. Did you mean nodes?
                  an indented line that is too
                  long
                """);
    }

    @Test
    void why_something_failed_beside_is_said_without_the_names_of_classes() {
        Throwable full = new CompletionException(new UncheckedIOException(new IOException("No space left on device")));
        var unused = report(false).print(new UserException(Fault.FILE, "the keys of kind cannot be kept", full));
        assertThat(error.toString(StandardCharsets.UTF_8)).contains("why: No space left on device\n");
    }

    @Test
    void a_remark_elsewhere_is_one_line() {
        remarks(false, 30).remark("kuar: nodse is no kind of object. Did you mean nodes?");
        assertThat(error.toString(StandardCharsets.UTF_8))
                .isEqualTo("kuar: nodse is no kind of object. Did you mean nodes?\n");
    }

    private Console remarks(boolean errorIsTerminal, int columns) {
        PrintStream stream = new PrintStream(error, true, StandardCharsets.UTF_8);
        return new Console(stream, stream, Palette.PLAIN, new Messages(Language.EN), () -> columns, errorIsTerminal);
    }

    private FailureReport report(boolean trace) {
        PrintStream stream = new PrintStream(error, true, StandardCharsets.UTF_8);
        return new FailureReport(
                new Console(stream, stream, Palette.PLAIN, new Messages(Language.EN), () -> 80), trace);
    }
}
