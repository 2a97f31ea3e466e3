package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * A bounded pipe between two simulated processes, or a process and the outside; reading and writing block and can be interrupted.
 *
 * <p>It takes no more memory than was ever in it at once: every container has one that mostly stays empty.
 */
public final class BytePipe {
    private static final int CAPACITY = 64 * 1024;
    private static final int LEAST = 256;

    private byte[] ring = new byte[0];
    private int start;
    private int length;
    private boolean ended;
    private boolean abandoned;

    public BytePipe() {}

    /** The end to read from; closing it makes writers fail. */
    public InputStream in() {
        return new In();
    }

    /** The end to write to; closing it is end of file. */
    public OutputStream out() {
        return new Out();
    }

    /** Takes what fits without waiting; for callers that must not block. Says how much was taken. */
    public synchronized int offer(byte[] bytes, int offset, int count) {
        if (abandoned || ended) {
            return count;
        }
        int room = Math.min(count, CAPACITY - length);
        grow(length + room);
        for (int i = 0; i < room; i++) {
            ring[(start + length + i) % ring.length] = bytes[offset + i];
        }
        length += room;
        notifyAll();
        return room;
    }

    private void grow(int wanted) {
        if (wanted > ring.length) {
            byte[] larger = new byte[Math.min(CAPACITY, Math.max(wanted, Math.max(LEAST, 2 * ring.length)))];
            for (int i = 0; i < length; i++) {
                larger[i] = ring[(start + i) % ring.length];
            }
            ring = larger;
            start = 0;
        }
    }

    private synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            while (length == CAPACITY && !abandoned && !ended) {
                await();
            }
            if (abandoned || ended) {
                throw new BrokenPipe();
            }
            done += offer(bytes, offset + done, count - done);
        }
        if (abandoned) {
            throw new BrokenPipe();
        }
    }

    private synchronized int read(byte[] bytes, int offset, int count) throws IOException {
        while (length == 0 && !ended && !abandoned) {
            await();
        }
        if (length == 0 || abandoned) {
            return -1;
        }
        int got = Math.min(count, length);
        for (int i = 0; i < got; i++) {
            bytes[offset + i] = ring[(start + i) % ring.length];
        }
        start = (start + got) % ring.length;
        length -= got;
        notifyAll();
        return got;
    }

    /** Nothing once nobody reads any more: who asks would else wait for it for ever. */
    private synchronized int available() {
        return abandoned ? 0 : length;
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private synchronized void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** Nobody reads any more. */
    public static final class BrokenPipe extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenPipe() {
            super("Broken pipe");
        }
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return BytePipe.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            return count == 0 ? 0 : BytePipe.this.read(bytes, offset, count);
        }

        @Override
        public int available() {
            return BytePipe.this.available();
        }

        @Override
        public void close() {
            abandon();
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            BytePipe.this.write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            BytePipe.this.write(bytes, offset, count);
        }

        @Override
        public void close() {
            end();
        }
    }
}
