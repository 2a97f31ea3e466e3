package dev.kuar.practice;

import dev.kuar.practice.api.NodeConnector.ByteChannelPair;
import dev.kuar.practice.container.BytePipe;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A connection to a simulated pod as a socket; nothing of the host's network is below it. */
final class PodSocket extends Socket {
    private static final int BUFFER = 64 * 1024;

    private final ByteChannelPair streams;
    private final InputStream in;
    private final OutputStream out;
    private CompletableFuture<Boolean> limit = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile boolean late;

    /** The pod's work is done by a thread of this connection, so that whoever waits for it can stop waiting. */
    PodSocket(ByteChannelPair streams) {
        this.streams = streams;
        this.in = new Patient(streams.fromPod());
        BytePipe written = new BytePipe();
        this.out = written.out();
        Thread courier = new Thread(() -> carry(written.in()), "pod-socket");
        courier.setDaemon(true);
        courier.start();
    }

    private void carry(InputStream written) {
        try (written;
                OutputStream to = streams.toPod()) {
            byte[] bytes = new byte[BUFFER];
            for (int count = written.read(bytes); count >= 0; count = written.read(bytes)) {
                to.write(bytes, 0, count);
            }
        } catch (IOException gone) {
            closed = true;
        }
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Counts from now, not from the next read. */
    @Override
    public synchronized void setSoTimeout(int millis) {
        limit.complete(false);
        limit = new CompletableFuture<>();
        if (millis > 0) {
            var unused = limit.completeOnTimeout(true, millis, TimeUnit.MILLISECONDS)
                    .thenAccept(over -> {
                        if (over) {
                            late = true;
                            hangUp();
                        }
                    });
        }
    }

    private void hangUp() {
        try {
            streams.fromPod().close();
        } catch (IOException gone) {
            closed = true;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        limit.complete(false);
        out.close();
        hangUp();
    }

    /** Says that it took too long, where it did. */
    private final class Patient extends FilterInputStream {
        Patient(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            return checked(super.read(bytes, offset, count));
        }

        private int checked(int result) throws IOException {
            if (result < 0 && late) {
                throw new SocketTimeoutException("the time is over");
            }
            return result;
        }
    }
}
