package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector.ExecRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exec and attach over SPDY: one stream a channel, named by its {@code streamtype}. */
final class SpdyPeer implements ExecPeer, SpdySession.Listener {
    private static final List<String> CHANNELS = List.of("stdin", "stdout", "stderr", "error", "resize");

    private final SpdySession spdy;
    private final int expected;
    private final Runnable onComplete;
    private final Map<Integer, Integer> channelOf = new HashMap<>();
    private final Map<Integer, Integer> streamOf = new HashMap<>();
    private final ByteArrayOutputStream early = new ByteArrayOutputStream();
    private boolean earlyEnd;
    private @Nullable ExecSession session;

    /** @param onComplete called once, when the client has opened all streams that {@code request} speaks of */
    SpdyPeer(SpdySession spdy, ExecRequest request, boolean resizes, Runnable onComplete) {
        this.spdy = spdy;
        this.onComplete = onComplete;
        this.expected = 1
                + (request.stdin() ? 1 : 0)
                + (request.stdout() ? 1 : 0)
                + (request.stderr() ? 1 : 0)
                + (request.tty() && resizes ? 1 : 0);
    }

    /** From now on {@code started} takes what the client sends, what came earlier first. */
    synchronized void begin(ExecSession started) {
        session = started;
        if (early.size() > 0) {
            started.input(early.toByteArray());
        }
        if (earlyEnd) {
            started.closeInput();
        }
    }

    @Override
    public void opened(int stream, Map<String, String> headers) {
        int channel = CHANNELS.indexOf(headers.getOrDefault("streamtype", ""));
        synchronized (this) {
            if (channel < 0 || streamOf.containsKey(channel)) {
                return;
            }
            channelOf.put(stream, channel);
            streamOf.put(channel, stream);
            if (streamOf.size() != expected) {
                return;
            }
        }
        onComplete.run();
    }

    @Override
    public synchronized void data(int stream, byte[] bytes, boolean last) {
        int channel = channelOf.getOrDefault(stream, -1);
        ExecSession running = session;
        if (channel == 0 && running == null) {
            early.writeBytes(bytes);
            earlyEnd |= last;
        } else if (channel == 0 && running != null) {
            running.input(bytes);
            if (last) {
                running.closeInput();
            }
        } else if (channel == 4 && running != null && bytes.length > 0) {
            running.resize(bytes);
        }
    }

    @Override
    public void reset(int stream) {
        data(stream, new byte[0], true);
    }

    @Override
    public void send(int channel, byte[] data, int length) throws IOException {
        Integer stream;
        synchronized (this) {
            stream = streamOf.get(channel);
        }
        if (stream != null && length > 0) {
            spdy.send(stream, data, length, false);
        }
    }

    @Override
    public void finish(int channel) throws IOException {
        Integer stream;
        synchronized (this) {
            stream = streamOf.get(channel);
        }
        if (stream != null) {
            spdy.finish(stream);
        }
    }

    @Override
    public void read(ExecSession running) throws IOException {
        spdy.read(this);
    }

    @Override
    public void end() throws IOException {
        for (int channel = CHANNELS.size() - 1; channel >= 0; channel--) {
            finish(channel);
        }
        spdy.goAway();
    }
}
