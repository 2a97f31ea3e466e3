package dev.kuar.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jline.terminal.Attributes;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that reads the terminal too late, while the prompt or another mode takes it over. */
@Timeout(300)
final class TerminalInputTest {
    private final ExecutorService readers = Executors.newCachedThreadPool();
    private LineDisciplineTerminal terminal;
    private TerminalInput input;

    TerminalInputTest() throws Exception {
        terminal = new LineDisciplineTerminal("test", "xterm", new ByteArrayOutputStream(), StandardCharsets.UTF_8);
        input = new TerminalInput(terminal);
    }

    @BeforeEach
    void begins() {
        input.start();
    }

    @AfterEach
    void ends() {
        readers.shutdownNow();
    }

    @Test
    void a_line_is_read() throws Exception {
        CompletableFuture<Integer> read = reading();
        terminal.processInputBytes("xy\r".getBytes(StandardCharsets.UTF_8));
        assertThat(read.get()).isEqualTo('x');
        assertThat(input.available()).isEqualTo(2);
    }

    @Test
    void when_reading_was_stopped_nobody_reads_and_the_terminal_is_as_before() throws Exception {
        String before = terminal.getAttributes().toString();
        for (int i = 0; i < 20; i++) {
            input.start();
            CompletableFuture<Integer> read = i % 2 == 0 ? reading() : begun();
            input.stop();
            assertThat(terminal.getAttributes().toString()).isEqualTo(before);
            assertThat(read.get()).isNegative();
            assertThat(input.read()).isNegative();
        }
    }

    @Test
    void the_mode_changes_while_nobody_reads() throws Exception {
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Integer> read = i % 2 == 0 ? reading() : begun();
            input.raw(true, terminal::enterRawMode);
            assertThat(terminal.getAttributes().getLocalFlag(Attributes.LocalFlag.ICANON))
                    .isFalse();
            Attributes raw = terminal.getAttributes();
            terminal.processInputBytes(new byte[] {'k'});
            if (read.get() >= 0) {
                assertThat(read.get()).isEqualTo('k'); // it began to read after the change
            } else {
                assertThat(input.read()).isEqualTo('k');
            }
            assertThat(terminal.getAttributes().toString()).isEqualTo(raw.toString());
            input.raw(false, () -> raw.setLocalFlag(Attributes.LocalFlag.ICANON, true));
            terminal.setAttributes(raw);
        }
    }

    private CompletableFuture<Integer> reading() {
        return CompletableFuture.supplyAsync(this::read, readers);
    }

    /** One that has surely begun: the terminal's lines are edited by the reader. */
    private CompletableFuture<Integer> begun() {
        CompletableFuture<Integer> read = reading();
        while (terminal.getAttributes().getLocalFlag(Attributes.LocalFlag.ICANON)) {
            Thread.onSpinWait();
        }
        return read;
    }

    private int read() {
        try {
            return input.read();
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
