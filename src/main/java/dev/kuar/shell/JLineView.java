package dev.kuar.shell;

import dev.kuar.process.TerminalView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/** A JLine terminal as programs see it. */
final class JLineView implements TerminalView {
    private final Terminal terminal;
    private final TerminalInput input;
    private final boolean ofProcess;
    private final boolean color;
    private final List<Runnable> resizeListeners = new CopyOnWriteArrayList<>();

    JLineView(Terminal terminal, TerminalInput input, boolean ofProcess, boolean color) {
        this.terminal = terminal;
        this.input = input;
        this.ofProcess = ofProcess;
        this.color = color;
    }

    @Override
    public boolean inputIsTerminal() {
        return true;
    }

    @Override
    public boolean outputIsTerminal() {
        return true;
    }

    @Override
    public boolean ofProcess() {
        return ofProcess;
    }

    @Override
    public int columns() {
        return terminal.getWidth() > 0 ? terminal.getWidth() : NONE.columns();
    }

    @Override
    public int rows() {
        return terminal.getHeight() > 0 ? terminal.getHeight() : NONE.rows();
    }

    @Override
    public boolean color() {
        return color;
    }

    @Override
    public RawInput enterRawMode() {
        Attributes[] before = new Attributes[1];
        input.raw(true, () -> {
            before[0] = terminal.enterRawMode();
            Attributes raw = terminal.getAttributes();
            raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
            terminal.setAttributes(raw);
        });
        return () -> input.raw(false, () -> terminal.setAttributes(before[0]));
    }

    @Override
    public AutoCloseable onResize(Runnable listener) {
        if (resizeListeners.isEmpty()) {
            terminal.handle(Terminal.Signal.WINCH, signal -> new ArrayList<>(resizeListeners).forEach(Runnable::run));
        }
        resizeListeners.add(listener);
        return () -> resizeListeners.remove(listener);
    }
}
