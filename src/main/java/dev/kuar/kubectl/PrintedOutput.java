package dev.kuar.kubectl;

import dev.kuar.process.Invocation;
import dev.kuar.process.Outpost;
import dev.kuar.process.TerminalView;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a program prints on its way to the shell, the first MiB of it kept. */
final class PrintedOutput extends FilterOutputStream {
    private static final int LIMIT = 1 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    PrintedOutput(PrintStream target) {
        super(target);
    }

    /** The run with this in the place of its output, and with a terminal for its input alone. */
    Invocation instead(Invocation run) {
        return new Invocation(
                run.name(),
                run.arguments(),
                run.input(),
                new PrintStream(this, false, StandardCharsets.UTF_8),
                run.error(),
                run.environment(),
                run.directory(),
                new InputOnly(run.terminal()));
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
        kept.write(source, offset, Math.min(length, LIMIT - kept.size()));
    }

    @Override
    public void flush() {
        ((PrintStream) out).flush();
    }

    /** A terminal whose output isn't the program's. */
    private record InputOnly(TerminalView terminal) implements TerminalView {
        @Override
        public boolean inputIsTerminal() {
            return terminal.inputIsTerminal();
        }

        @Override
        public boolean outputIsTerminal() {
            return false;
        }

        @Override
        public boolean errorIsTerminal() {
            return false;
        }

        @Override
        public Optional<Outpost> outpost() {
            return terminal.outpost();
        }

        @Override
        public boolean ofProcess() {
            return terminal.ofProcess();
        }

        @Override
        public int columns() {
            return terminal.columns();
        }

        @Override
        public int rows() {
            return terminal.rows();
        }

        @Override
        public boolean color() {
            return false;
        }

        @Override
        public RawInput enterRawMode() {
            return terminal.enterRawMode();
        }

        @Override
        public AutoCloseable onResize(Runnable listener) {
            return terminal.onResize(listener);
        }
    }
}
