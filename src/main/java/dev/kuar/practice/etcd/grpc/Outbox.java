package dev.kuar.practice.etcd.grpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.xnio.channels.StreamSinkChannel;

/** What waits to be sent of one call. Filled by any thread, emptied by the connection's. */
final class Outbox {
    /** Whoever can wait does so from here on. */
    private static final int FULL = 1024 * 1024;

    private static final int HEAD = 5;

    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean wasFull;

    synchronized void add(byte[] message) {
        waiting.add(
                ByteBuffer.allocate(HEAD).put((byte) 0).putInt(message.length).flip());
        waiting.add(ByteBuffer.wrap(message));
        bytes += HEAD + message.length;
    }

    synchronized boolean hasRoom() {
        wasFull = wasFull || bytes >= FULL;
        return bytes < FULL;
    }

    /** Whether somebody found it full who would now find room; true once. */
    synchronized boolean hasRoomAgain() {
        boolean again = wasFull && bytes < FULL / 2;
        wasFull = wasFull && !again;
        return again;
    }

    private synchronized ByteBuffer first() {
        ByteBuffer first = waiting.peek();
        while (first != null && !first.hasRemaining()) {
            waiting.poll();
            first = waiting.peek();
        }
        return first == null ? ByteBuffer.allocate(0) : first;
    }

    private synchronized void sent(int count) {
        bytes -= count;
    }

    synchronized void clear() {
        waiting.clear();
        bytes = 0;
    }

    /** Sends what the channel takes; false where something is left. */
    boolean sendTo(StreamSinkChannel channel) throws IOException {
        for (ByteBuffer next = first(); next.hasRemaining(); next = first()) {
            int count = channel.write(next);
            if (count == 0) {
                return false;
            }
            sent(count);
        }
        return true;
    }
}
