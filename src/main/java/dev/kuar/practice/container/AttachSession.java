package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The outside of the main process, for who joins it later; sees what it prints from now on.
 *
 * <p>As containerd has it: the end of the client's input ends the session, and the process does not notice; but where the container's input is
 * for one client and no terminal, it ends the input of the process, and the session goes on.
 */
final class AttachSession implements ExecSession {
    private final Container container;
    private final boolean stdin;
    private final boolean once;
    private final BytePipe out = new BytePipe();
    private final BytePipe errors = new BytePipe();
    /** Never makes the main process wait for a client that does not read. */
    private final Attached attached =
            (stream, bytes, offset, count) -> (stream.equals("stderr") ? errors : out).offer(bytes, offset, count);

    private final AtomicBoolean left = new AtomicBoolean();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    /** @param once whether the container's input ends with its first client */
    AttachSession(Container container, boolean stdin, boolean once) {
        this.container = container;
        this.stdin = stdin && container.spec().stdin();
        this.once = once && container.terminal() == null;
        container.addAttached(attached);
        CompletableFuture<Void> unused = container.exit().thenAccept(end -> finish());
    }

    private void finish() {
        container.removeAttached(attached);
        end(out.out());
        end(errors.out());
        exit.complete(0);
    }

    private static void end(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endInput() {
        if (stdin && left.compareAndSet(false, true)) {
            if (once) {
                end(container.input().out());
            } else {
                finish();
            }
        }
    }

    @Override
    public OutputStream stdin() {
        return stdin ? new Input() : OutputStream.nullOutputStream();
    }

    @Override
    public InputStream stdout() {
        return out.in();
    }

    @Override
    public InputStream stderr() {
        return errors.in();
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
        endInput();
        finish();
    }

    /** What the client types; its end is not that of the process' input. */
    private final class Input extends OutputStream {
        private OutputStream target() {
            Tty tty = container.terminal();
            return tty == null ? container.input().out() : new ProcessSession.Keyboard(tty);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            target().write(bytes, offset, count);
        }

        @Override
        public void close() {
            endInput();
        }
    }
}
