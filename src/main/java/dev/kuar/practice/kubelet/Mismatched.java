package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.NodeConnector.ExitStatus;
import dev.kuar.practice.api.NodeConnector.RemoteProcess;
import dev.kuar.practice.container.BytePipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * An attachment that wants a terminal where the container has none, or the other way round: one side opens a stream for sizes that the
 * other does not expect, both wait, and nothing is heard until the stream times out.
 */
final class Mismatched implements RemoteProcess {
    /** How long a stream may take to be opened, as the library of streams has it. */
    private static final long SECONDS = 30;

    private final BytePipe silence = new BytePipe();
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

    Mismatched() {
        CompletableFuture<Void> unused = exit.completeOnTimeout(
                        new ExitStatus(1, "Timeout occurred"), SECONDS, TimeUnit.SECONDS)
                .thenAccept(end -> close());
    }

    @Override
    public OutputStream stdin() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream stdout() {
        return silence.in();
    }

    @Override
    public InputStream stderr() {
        return InputStream.nullInputStream();
    }

    @Override
    public void resize(int columns, int rows) {}

    @Override
    public CompletionStage<ExitStatus> exit() {
        return exit;
    }

    @Override
    public void close() {
        try {
            silence.out().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
