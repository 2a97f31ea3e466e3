package dev.kuar.shell.language;

import dev.kuar.process.Outpost;
import dev.kuar.process.TerminalView;
import java.util.Optional;

/** The terminal behind streams some of which go elsewhere. */
record RedirectedView(Streams streams) implements TerminalView {
    @Override
    public boolean inputIsTerminal() {
        return streams.inputIsTerminal();
    }

    @Override
    public boolean outputIsTerminal() {
        return streams.outputIsTerminal();
    }

    @Override
    public boolean errorIsTerminal() {
        return streams.errorIsTerminal();
    }

    @Override
    public Optional<Outpost> outpost() {
        return streams.terminal().outpost();
    }

    @Override
    public boolean ofProcess() {
        return streams.terminal().ofProcess();
    }

    @Override
    public int columns() {
        return streams.terminal().columns();
    }

    @Override
    public int rows() {
        return streams.terminal().rows();
    }

    @Override
    public boolean color() {
        return streams.outputIsTerminal() && streams.terminal().color();
    }

    @Override
    public RawInput enterRawMode() {
        return streams.inputIsTerminal() ? streams.terminal().enterRawMode() : () -> {};
    }

    @Override
    public AutoCloseable onResize(Runnable listener) {
        return streams.terminal().onResize(listener);
    }
}
