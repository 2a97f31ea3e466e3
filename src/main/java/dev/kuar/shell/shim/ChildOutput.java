package dev.kuar.shell.shim;

import dev.kuar.process.BrokenPipeException;
import java.io.FileInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/** What goes to a process that called; where it reads no more, the tool ends as by a broken pipe. */
final class ChildOutput extends FilterOutputStream {
    ChildOutput(OutputStream pipe) {
        super(pipe);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException gone) {
            throw new BrokenPipeException();
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Hands what a child writes into a pipe on, until it ends. */
    static Thread pump(Path pipe, PrintStream to) {
        Thread thread = new Thread(() -> copy(pipe, to), "shim-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(Path pipe, PrintStream to) {
        byte[] buffer = new byte[8192];
        try (InputStream from = new FileInputStream(pipe.toFile())) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush();
            }
        } catch (IOException | BrokenPipeException gone) {
            // One of the two ends is gone: the child ended or nobody reads its output any more.
            return;
        }
    }
}
