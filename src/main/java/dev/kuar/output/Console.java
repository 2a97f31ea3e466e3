package dev.kuar.output;

import java.io.PrintStream;
import java.util.function.IntSupplier;

/**
 * Where kuar's own words go: two streams, a palette, a language and a width.
 *
 * <p>What a command prints comes from here; what a program of the shell prints goes to its own streams. The width is read
 * when asked, so a resize is seen.
 */
public final class Console {
    private static final int WIDEST_PROSE = 100;

    private final PrintStream output;
    private final PrintStream error;
    private final Palette palette;
    private final Messages messages;
    private final IntSupplier columns;

    public Console(PrintStream output, PrintStream error, Palette palette, Messages messages, IntSupplier columns) {
        this.output = output;
        this.error = error;
        this.palette = palette;
        this.messages = messages;
        this.columns = columns;
    }

    public PrintStream output() {
        return output;
    }

    public PrintStream error() {
        return error;
    }

    public Palette palette() {
        return palette;
    }

    public Messages messages() {
        return messages;
    }

    public int columns() {
        return columns.getAsInt();
    }

    /** Prints a line as it is; it may be coloured. */
    public void printLine(String line) {
        output.print(line + "\n");
    }

    /** Prints the text of {@code key}. */
    public void say(String key, Object... arguments) {
        printLine(messages.text(key, arguments));
    }

    /** Prints the text of {@code key} on standard error, for remarks beside the result. */
    public void note(String key, Object... arguments) {
        error.print(messages.text(key, arguments) + "\n");
    }

    public void print(Table table) {
        table.lines().forEach(this::printLine);
    }

    /** Prints CommonMark, wrapped to the terminal, at most 100 columns wide. */
    public void markdown(String source) {
        new Markdown(palette, Math.min(WIDEST_PROSE, columns())).lines(source).forEach(this::printLine);
    }
}
