package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a file descriptor leads to.
 *
 * @param in null when it is not open for reading
 * @param out null when it is not open for writing
 * @param tty the terminal that it is; null for anything else
 */
record Fd(
        @Nullable InputStream in,
        @Nullable OutputStream out,
        @Nullable Tty tty) {
    static final Fd NULL = new Fd(InputStream.nullInputStream(), new NullSink(), null);

    static Fd reading(InputStream in) {
        return new Fd(in, null, null);
    }

    static Fd writing(OutputStream out) {
        return new Fd(null, out, null);
    }

    static Fd terminal(Tty tty) {
        return new Fd(tty.in(), tty.out(), tty);
    }

    void close() throws IOException {
        if (tty != null) {
            return;
        }
        if (in != null) {
            in.close();
        }
        if (out != null) {
            out.close();
        }
    }

    /** {@code /dev/null} for writers; lets an interrupted one go. */
    private static final class NullSink extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            check();
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            check();
        }

        private static void check() throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new java.io.InterruptedIOException();
            }
        }
    }
}
