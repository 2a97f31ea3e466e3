package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.guard.TrustBook;
import dev.kuar.output.Console;
import dev.kuar.output.Language;
import dev.kuar.output.Messages;
import dev.kuar.output.Palette;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FirstStartTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @TempDir
    private Path work = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "'',practice,false",
        "own,own,true",
        " OWN ,own,true",
        "practice,practice,false",
        "kubectl get po,practice,false"
    })
    void the_first_line_answers_and_a_command_is_not_lost(String line, String mode, boolean taken) {
        FirstStart first = start();
        first.ask();

        assertThat(first.takes(line)).isEqualTo(taken);
        assertThat(book().mode()).contains(mode);
        assertThat(first.takes(line)).isFalse();
    }

    @Test
    void asked_once() {
        FirstStart first = start();
        first.ask();
        assertThat(first.takes("own")).isTrue();
        assertThat(screen.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " "))
                .contains("a cluster of your own?", "cluster adopt");
        screen.reset();

        FirstStart second = start();
        second.ask();

        assertThat(screen.size()).isZero();
        assertThat(second.takes("own")).isFalse();
    }

    private FirstStart start() {
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        Console console = new Console(out, out, Palette.PLAIN, new Messages(Language.EN), () -> 80);
        return new FirstStart(book(), () -> console);
    }

    private TrustBook book() {
        return new TrustBook(work.resolve("config.yaml"));
    }
}
