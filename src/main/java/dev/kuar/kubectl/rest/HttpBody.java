package dev.kuar.kubectl.rest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an HTTP answer that ends where its framing says: after a length, or after the last chunk. */
final class HttpBody extends InputStream {
    private final InputStream in;
    private final boolean chunked;
    private long left;
    private boolean ended;
    private boolean first = true;

    /** {@code length} below zero means chunks. */
    HttpBody(InputStream in, long length) {
        this.in = in;
        this.chunked = length < 0;
        this.left = Math.max(length, 0);
        this.ended = length == 0;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        if (chunked && left == 0 && !nextChunk()) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("unexpected EOF");
        }
        left -= count;
        if (!chunked && left == 0) {
            ended = true;
        }
        return count;
    }

    private boolean nextChunk() throws IOException {
        if (!first) {
            line();
        }
        first = false;
        left = Long.parseLong(line().split(";", 2)[0].strip(), 16);
        if (left > 0) {
            return true;
        }
        String trailer = line();
        while (!trailer.isEmpty()) {
            trailer = line();
        }
        ended = true;
        return false;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("unexpected EOF");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Without blocking: what is left of the chunk that has arrived. */
    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), left);
    }
}
