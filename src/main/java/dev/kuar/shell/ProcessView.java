package dev.kuar.shell;

import dev.kuar.process.TerminalView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process. The property {@code kuar.tty} says which streams are one ({@code i}, {@code o}, {@code e}); the
 * launcher sets it, because Java cannot tell. JLine is opened when something needs more than that.
 */
public final class ProcessView implements TerminalView {
    private final String tty;
    private final Map<String, String> environment;
    private @Nullable Terminal terminal;

    public ProcessView(Map<String, String> environment) {
        this.environment = environment;
        this.tty = System.getProperty("kuar.tty", "");
    }

    @Override
    public boolean inputIsTerminal() {
        return tty.contains("i");
    }

    @Override
    public boolean outputIsTerminal() {
        return tty.contains("o");
    }

    @Override
    public boolean errorIsTerminal() {
        return tty.contains("e");
    }

    @Override
    public boolean ofProcess() {
        return true;
    }

    @Override
    public int columns() {
        return outputIsTerminal() ? view().columns() : NONE.columns();
    }

    @Override
    public int rows() {
        return outputIsTerminal() ? view().rows() : NONE.rows();
    }

    @Override
    public boolean color() {
        return dev.kuar.output.Palette.wanted(environment, outputIsTerminal());
    }

    @Override
    public RawInput enterRawMode() {
        return inputIsTerminal() ? view().enterRawMode() : () -> {};
    }

    @Override
    public AutoCloseable onResize(Runnable listener) {
        return outputIsTerminal() ? view().onResize(listener) : () -> {};
    }

    /** The terminal itself, where input and output are one. */
    synchronized Optional<Terminal> open() {
        if (!inputIsTerminal() || !outputIsTerminal()) {
            return Optional.empty();
        }
        Terminal opened = terminal;
        if (opened == null) {
            opened = make();
            terminal = opened;
        }
        return Optional.of(opened);
    }

    /** Opens what there is, if only a dumb terminal: for the training run. */
    void warmUp() throws IOException {
        make().close();
    }

    private TerminalView view() {
        return open().<TerminalView>map(t -> new JLineView(t, new TerminalInput(t), true, color())).orElse(NONE);
    }

    private Terminal make() {
        String type = environment.getOrDefault("TERM", "");
        String known = InfoCmp.getDefaultInfoCmp(type);
        if (known != null) {
            // Else JLine starts infocmp, a process, before the first prompt.
            InfoCmp.setLoadedInfoCmp(type, known);
        }
        try {
            return system().provider("jni").build();
        } catch (IOException | RuntimeException e) {
            // No native library for this system: JLine's other ways, at the worst a dumb terminal.
            return fallback();
        }
    }

    private static Terminal fallback() {
        try {
            return system().dumb(true).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TerminalBuilder system() {
        return TerminalBuilder.builder().system(true).dumb(false).signalHandler(Terminal.SignalHandler.SIG_DFL);
    }
}
