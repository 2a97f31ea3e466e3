package dev.kuar;

import dev.kuar.process.TerminalView;

/** A terminal without colour that is never resized; {@code columns} wide, 24 rows high. */
record PlainTerminal(boolean inputIsTerminal, boolean outputIsTerminal, int columns) implements TerminalView {
    @Override
    public int rows() {
        return 24;
    }

    @Override
    public boolean color() {
        return false;
    }

    @Override
    public RawInput enterRawMode() {
        return () -> {};
    }

    @Override
    public AutoCloseable onResize(Runnable listener) {
        return () -> {};
    }
}
