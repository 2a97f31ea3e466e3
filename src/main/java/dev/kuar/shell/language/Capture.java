package dev.kuar.shell.language;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes output on and keeps the first MiB of it. */
final class Capture extends OutputStream {
    private static final int LIMIT = 1 << 20;

    private final PrintStream target;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Capture(PrintStream target) {
        this.target = target;
    }

    PrintStream stream() {
        return new PrintStream(this, false, StandardCharsets.UTF_8);
    }

    /** What was kept, as UTF-8. */
    String text() {
        synchronized (kept) {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        target.write(source, offset, length);
        synchronized (kept) {
            kept.write(source, offset, Math.min(length, LIMIT - kept.size()));
        }
    }

    @Override
    public void flush() {
        target.flush();
    }
}
