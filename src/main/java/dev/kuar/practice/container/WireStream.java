package dev.kuar.practice.container;

import dev.kuar.practice.network.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What comes over a wire, to be read as a stream. Who sends never waits; what nobody reads yet is kept. */
final class WireStream extends InputStream implements Wire {
    private static final byte[] END = new byte[0];

    private final Queue<byte[]> chunks = new ConcurrentLinkedQueue<>();
    private final Semaphore waiting = new Semaphore(0);
    private byte[] chunk = new byte[0];
    private int at;
    private boolean over;

    @Override
    public void send(byte[] bytes) {
        if (bytes.length > 0) {
            chunks.add(bytes);
            waiting.release();
        }
    }

    @Override
    public void end() {
        chunks.add(END);
        waiting.release();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (at == chunk.length && !next()) {
            return -1;
        }
        int got = Math.min(count, chunk.length - at);
        System.arraycopy(chunk, at, bytes, offset, got);
        at += got;
        return got;
    }

    private boolean next() throws IOException {
        if (over) {
            return false;
        }
        try {
            waiting.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        chunk = chunks.remove();
        at = 0;
        over = chunk == END;
        return !over;
    }

    /** Waits for bytes or the end; false where neither came in time. */
    boolean await(long millis) throws InterruptedException {
        if (at < chunk.length || over) {
            return true;
        }
        if (!waiting.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        waiting.release();
        return true;
    }

    @Override
    public int available() {
        return chunk.length - at;
    }
}
