package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The outside of a command that {@code exec} started. */
final class ProcessSession implements ExecSession {
    private final BytePipe in = new BytePipe();
    private final BytePipe out = new BytePipe();
    private final BytePipe err = new BytePipe();
    private final OutputStream output = out.out();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final boolean stdin;
    private final @Nullable Tty tty;
    private volatile @Nullable Task task;

    ProcessSession(boolean stdin, boolean wantsTty) {
        this.stdin = stdin;
        this.tty = wantsTty ? new Tty(this::show) : null;
    }

    private void show(byte[] bytes) {
        try {
            output.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<Integer, Fd> fds() {
        Map<Integer, Fd> fds = new LinkedHashMap<>();
        Tty terminal = tty;
        if (terminal != null) {
            for (int i = 0; i < 3; i++) {
                fds.put(i, Fd.terminal(terminal));
            }
            return fds;
        }
        fds.put(0, stdin ? Fd.reading(in.in()) : Fd.NULL);
        fds.put(1, Fd.writing(output));
        fds.put(2, Fd.writing(err.out()));
        return fds;
    }

    void joins(Task started) {
        task = started;
        Tty terminal = tty;
        if (terminal != null) {
            terminal.onInterrupt(() -> started.signal(Signal.INT));
        }
        started.atEnd(() -> {
            try {
                output.close();
                err.out().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            exit.complete(started.exit().getNow(0));
        });
    }

    @Override
    public OutputStream stdin() {
        Tty terminal = tty;
        return terminal == null ? in.out() : new Keyboard(terminal);
    }

    @Override
    public InputStream stdout() {
        return out.in();
    }

    @Override
    public InputStream stderr() {
        return tty == null ? err.in() : Container.empty();
    }

    @Override
    public void resize(int columns, int rows) {
        Tty terminal = tty;
        if (terminal != null) {
            terminal.resize(columns, rows);
        }
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    @Override
    public void close() {
        Task running = task;
        try {
            in.out().close();
            if (tty != null) {
                tty.hangUp();
                if (running != null) {
                    running.die(128 + Signal.HUP);
                }
            }
            out.in().close();
            err.in().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types what is written. */
    static final class Keyboard extends OutputStream {
        private final Tty terminal;

        Keyboard(Tty terminal) {
            this.terminal = terminal;
        }

        @Override
        public void write(int b) {
            terminal.type(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            terminal.type(java.util.Arrays.copyOfRange(bytes, offset, offset + count));
        }
    }
}
