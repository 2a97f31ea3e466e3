package dev.kuar.practice.zookeeper;

import dev.kuar.practice.network.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Puts frames together of what comes over a wire. */
final class Frames implements Wire {
    private static final int LIMIT = 1 << 24;

    private final Consumer<byte[]> frame;
    private final Runnable over;
    private byte[] pending = new byte[0];
    private boolean done;

    /** @param over called once, at the end or where what comes are no frames */
    Frames(Consumer<byte[]> frame, Runnable over) {
        this.frame = frame;
        this.over = over;
    }

    @Override
    public void send(byte[] bytes) {
        boolean wrong = false;
        List<byte[]> whole = new ArrayList<>();
        synchronized (this) {
            byte[] joined = Arrays.copyOf(pending, pending.length + bytes.length);
            System.arraycopy(bytes, 0, joined, pending.length, bytes.length);
            pending = joined;
            while (!done && !wrong && pending.length >= 4) {
                int length = new Jute.Reader(pending).number();
                wrong = length < 0 || length > LIMIT;
                if (wrong || pending.length < 4 + length) {
                    break;
                }
                whole.add(Arrays.copyOfRange(pending, 4, 4 + length));
                pending = Arrays.copyOfRange(pending, 4 + length, pending.length);
            }
        }
        // Without the lock: who takes a frame may send one, to somebody who does the same.
        whole.forEach(frame);
        if (wrong) {
            end();
        }
    }

    @Override
    public void end() {
        synchronized (this) {
            if (done) {
                return;
            }
            done = true;
        }
        over.run();
    }
}
