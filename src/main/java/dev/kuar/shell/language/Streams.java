package dev.kuar.shell.language;

import dev.kuar.process.TerminalView;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * The three streams of a command and what of the terminal lies behind them.
 *
 * @param inputIsTerminal whether {@code input} is the terminal's; likewise the others
 */
public record Streams(
        InputStream input,
        PrintStream output,
        PrintStream error,
        TerminalView terminal,
        boolean inputIsTerminal,
        boolean outputIsTerminal,
        boolean errorIsTerminal) {

    /** The streams of a terminal, or of a process whose {@code terminal} knows which of them are one. */
    public static Streams of(InputStream input, PrintStream output, PrintStream error, TerminalView terminal) {
        return new Streams(
                input,
                output,
                error,
                terminal,
                terminal.inputIsTerminal(),
                terminal.outputIsTerminal(),
                terminal.errorIsTerminal());
    }

    Streams withInput(InputStream other) {
        return new Streams(other, output, error, terminal, false, outputIsTerminal, errorIsTerminal);
    }

    Streams withOutput(PrintStream other) {
        return new Streams(input, other, error, terminal, inputIsTerminal, false, errorIsTerminal);
    }

    Streams withError(PrintStream other) {
        return new Streams(input, output, other, terminal, inputIsTerminal, outputIsTerminal, false);
    }

    Streams errorToOutput() {
        return new Streams(input, output, output, terminal, inputIsTerminal, outputIsTerminal, outputIsTerminal);
    }

    Streams outputToError() {
        return new Streams(input, error, error, terminal, inputIsTerminal, errorIsTerminal, errorIsTerminal);
    }

    /** The terminal as the command sees it: redirected streams are none. */
    TerminalView view() {
        return new RedirectedView(this);
    }
}
