package dev.kuar.awk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** Bytes on their way between the program and a command, a few at a time. */
final class Pipe {
    private static final int SIZE = 1 << 16;

    private final Object lock = new Object();
    private final byte[] bytes = new byte[SIZE];
    private long written;
    private long read;
    private boolean noMore;
    private boolean unread;
    private long changes;

    final InputStream source = new InputStream() {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            synchronized (lock) {
                while (written == read && !noMore) {
                    pause();
                }
                int count = (int) Math.min(length, written - read);
                for (int i = 0; i < count; i++) {
                    target[offset + i] = bytes[(int) (read++ % SIZE)];
                }
                tell();
                return count == 0 && length > 0 ? -1 : count;
            }
        }

        @Override
        public int available() {
            synchronized (lock) {
                return (int) (written - read);
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                unread = true;
                tell();
            }
        }
    };

    final OutputStream sink = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            synchronized (lock) {
                for (int i = 0; i < length; i++) {
                    while (written - read == SIZE && !unread) {
                        tell();
                        pause();
                    }
                    if (unread) {
                        throw new AwkHost.Gone();
                    }
                    bytes[(int) (written++ % SIZE)] = from[offset + i];
                }
                tell();
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                noMore = true;
                tell();
            }
        }
    };

    /** Something was written, read or closed. */
    private void tell() {
        changes++;
        lock.notifyAll();
    }

    /** Waits until the other end does something. */
    private void pause() throws InterruptedIOException {
        long before = changes;
        try {
            while (changes == before) {
                lock.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
