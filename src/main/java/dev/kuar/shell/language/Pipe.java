package dev.kuar.shell.language;

import dev.kuar.process.BrokenPipeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** A bounded queue of bytes between two stages of a pipeline; writing to one that nobody reads any more ends the writer. */
final class Pipe {
    private static final int CAPACITY = 1 << 16;

    private final byte[] ring = new byte[CAPACITY];
    private int head;
    private int size;
    private boolean writerClosed;
    private boolean readerClosed;

    final InputStream input = new InputStream() {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return take(target, offset, length);
        }

        @Override
        public int available() {
            synchronized (ring) {
                return size;
            }
        }

        @Override
        public void close() {
            synchronized (ring) {
                readerClosed = true;
                ring.notifyAll();
            }
        }
    };

    final OutputStream output = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            put(source, offset, length);
        }

        @Override
        public void close() {
            synchronized (ring) {
                writerClosed = true;
                ring.notifyAll();
            }
        }
    };

    private int take(byte[] target, int offset, int length) throws IOException {
        synchronized (ring) {
            while (size == 0) {
                if (writerClosed) {
                    return -1;
                }
                await();
            }
            int count = Math.min(Math.min(length, size), CAPACITY - head);
            System.arraycopy(ring, head, target, offset, count);
            head = (head + count) % CAPACITY;
            size -= count;
            ring.notifyAll();
            return count;
        }
    }

    private void put(byte[] source, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        synchronized (ring) {
            while (left > 0) {
                if (readerClosed) {
                    throw new BrokenPipeException();
                }
                if (size == CAPACITY) {
                    await();
                    continue;
                }
                int tail = (head + size) % CAPACITY;
                int count = Math.min(Math.min(left, CAPACITY - size), CAPACITY - tail);
                System.arraycopy(source, from, ring, tail, count);
                size += count;
                from += count;
                left -= count;
                ring.notifyAll();
            }
        }
    }

    private void await() throws IOException {
        try {
            ring.wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
