package dev.kuar.shell;

import dev.kuar.process.TerminalView;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.SystemStream;
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
        return open().<TerminalView>map(t -> new JLineView(t, new TerminalInput(t), true, color()))
                .orElse(NONE);
    }

    /**
     * Opens JLine's terminal by its shortest way: straight to the native library. The capabilities of the terminal come from a file
     * that the training run wrote, else JLine starts a process, infocmp.
     */
    private Terminal make() {
        String type = environment.getOrDefault("TERM", "");
        if (File.separatorChar != '/' || type.isEmpty()) {
            return fallback();
        }
        try {
            StartFiles.capabilities(type).ifPresent(known -> InfoCmp.setLoadedInfoCmp(type, known));
            return new JniTerminalProvider()
                    .posixSysTerminal(
                            "kuar",
                            type,
                            false,
                            StandardCharsets.UTF_8,
                            StandardCharsets.UTF_8,
                            StandardCharsets.UTF_8,
                            StandardCharsets.UTF_8,
                            true,
                            Terminal.SignalHandler.SIG_DFL,
                            false,
                            SystemStream.Output);
        } catch (IOException | RuntimeException | LinkageError e) {
            // No native library for this system: JLine's other ways, at the worst a dumb terminal.
            return fallback();
        }
    }

    private static Terminal fallback() {
        try {
            return TerminalBuilder.builder()
                    .system(true)
                    .dumb(true)
                    .signalHandler(Terminal.SignalHandler.SIG_DFL)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
