package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** The outside of the main process, for who joins it later; sees what it prints from now on. */
final class AttachSession implements ExecSession {
    private final Container container;
    private final boolean stdin;
    private final BytePipe out = new BytePipe();
    private final OutputStream output = new Dropping();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    AttachSession(Container container, boolean stdin) {
        this.container = container;
        this.stdin = stdin;
        container.addAttached(output);
        CompletableFuture<Void> unused = container.exit().thenAccept(end -> finish());
    }

    private void finish() {
        container.removeAttached(output);
        try {
            out.out().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exit.complete(0);
    }

    @Override
    public OutputStream stdin() {
        Tty tty = container.terminal();
        if (!stdin || !container.spec().stdin()) {
            return OutputStream.nullOutputStream();
        }
        return tty == null ? container.input().out() : new ProcessSession.Keyboard(tty);
    }

    @Override
    public InputStream stdout() {
        return out.in();
    }

    @Override
    public InputStream stderr() {
        return Container.empty();
    }

    @Override
    public void resize(int columns, int rows) {
        Tty tty = container.terminal();
        if (tty != null) {
            tty.resize(columns, rows);
        }
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    @Override
    public void close() {
        finish();
    }

    /** Never makes the main process wait for a client that does not read. */
    private final class Dropping extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            out.offer(bytes, offset, count);
        }
    }
}
