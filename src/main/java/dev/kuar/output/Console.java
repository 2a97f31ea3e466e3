package dev.kuar.output;

import java.io.PrintStream;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where kuar's own words go: two streams, a palette, a language and a width.
 *
 * <p>What a command prints comes from here; what a program of the shell prints goes to its own streams. The width is read
 * when asked, so a resize is seen.
 */
public final class Console {
    private static final int WIDEST_PROSE = 100;
    private static final int NARROWEST = 20;
    private static final Pattern TYPED = Pattern.compile("`([^`]+)`");

    private final PrintStream output;
    private final PrintStream error;
    private final Palette palette;
    private final Messages messages;
    private final IntSupplier columns;
    private final boolean errorIsTerminal;

    /** One whose remarks are not broken into lines. */
    public Console(PrintStream output, PrintStream error, Palette palette, Messages messages, IntSupplier columns) {
        this(output, error, palette, messages, columns, false);
    }

    /** {@code errorIsTerminal} says that remarks are broken at blanks where the terminal ends. */
    public Console(
            PrintStream output,
            PrintStream error,
            Palette palette,
            Messages messages,
            IntSupplier columns,
            boolean errorIsTerminal) {
        this.output = output;
        this.error = error;
        this.palette = palette;
        this.messages = messages;
        this.columns = columns;
        this.errorIsTerminal = errorIsTerminal;
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
        remark(messages.text(key, arguments));
    }

    /** Prints lines on standard error; in a terminal none of them is broken within a word, and what is indented stays so. */
    public void remark(String text) {
        StringBuilder lines = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            String bare = line.stripLeading();
            String indent = line.substring(0, line.length() - bare.length());
            int width = errorIsTerminal ? Math.max(NARROWEST, columns() - indent.length()) : Integer.MAX_VALUE;
            DisplayWidth.wrap(bare, width)
                    .forEach(part -> lines.append(indent).append(part).append('\n'));
        }
        error.print(lines);
    }

    public void print(Table table) {
        table.lines().forEach(this::printLine);
    }

    /** Prints text wrapped to the terminal, at most 100 columns wide; a newline in it begins a new line. */
    public void prose(String text) {
        indented("", text);
    }

    /** The same with {@code indent} before each line. */
    public void indented(String indent, String text) {
        int width = Math.max(NARROWEST, Math.min(WIDEST_PROSE, columns()) - DisplayWidth.of(indent));
        for (String line : text.split("\n", -1)) {
            DisplayWidth.wrap(line, width).forEach(part -> printLine(part.isEmpty() ? "" : indent + part));
        }
    }

    /** Prints kuar's own text, in which {@code `words`} are something to type: coloured, or as they are. */
    public void hinted(String text) {
        prose(
                palette.isOn()
                        ? TYPED.matcher(text).replaceAll(word -> Matcher.quoteReplacement(palette.cyan(word.group(1))))
                        : text);
    }

    /** Prints CommonMark behind a label, its further lines under the first. */
    public void labelled(String label, int width, String source) {
        String rest = " ".repeat(width);
        String first = DisplayWidth.pad(label, width);
        int columns = Math.max(NARROWEST, Math.min(WIDEST_PROSE, columns()) - width);
        for (String line : new Markdown(palette, columns).lines(source)) {
            printLine((first + line).stripTrailing());
            first = rest;
        }
    }

    /** Prints CommonMark, wrapped to the terminal, at most 100 columns wide. */
    public void markdown(String source) {
        new Markdown(palette, Math.min(WIDEST_PROSE, columns())).lines(source).forEach(this::printLine);
    }
}
