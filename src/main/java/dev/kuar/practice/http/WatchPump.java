package dev.kuar.practice.http;

import dev.kuar.practice.api.WatchEvent;
import dev.kuar.practice.api.WatchStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;

/**
 * Carries a watch to its client without a thread of its own: it runs on the connection's I/O thread when there is an
 * event to send or room to send it, and not at all otherwise.
 */
final class WatchPump {
    private static final int BATCH = 16 * 1024;

    private final Call call;
    private final WatchStream stream;
    private final WatchFrames frames;
    private final Metrics metrics;
    private final XnioIoThread thread;
    private final StreamSinkChannel channel;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private boolean done;

    WatchPump(Call call, WatchStream stream, WatchFrames frames, Metrics metrics) {
        this.call = call;
        this.stream = stream;
        this.frames = frames;
        this.metrics = metrics;
        this.thread = call.exchange().getIoThread();
        this.channel = call.exchange().getResponseChannel();
    }

    void start() {
        metrics.longRunning(1);
        channel.getWriteSetter().set(writable -> run());
        channel.getCloseSetter().set(closed -> end());
        call.exchange().getConnection().addCloseListener(connection -> onThread(this::end));
        onThread(this::run);
    }

    private void onThread(Runnable action) {
        try {
            thread.execute(action);
        } catch (RejectedExecutionException stopping) {
            stream.close();
        }
    }

    private void run() {
        if (done) {
            return;
        }
        try {
            while (true) {
                while (pending.hasRemaining()) {
                    if (channel.write(pending) == 0) {
                        channel.resumeWrites();
                        return;
                    }
                }
                if (!fill()) {
                    break;
                }
            }
            if (!channel.flush()) {
                channel.resumeWrites();
                return;
            }
            channel.suspendWrites();
            if (stream.isOver()) {
                end();
            } else {
                stream.whenReady(() -> onThread(this::run));
            }
        } catch (IOException gone) {
            end();
        }
    }

    private boolean fill() {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        while (batch.size() < BATCH) {
            Optional<WatchEvent> event = stream.poll();
            if (event.isEmpty()) {
                break;
            }
            frames.append(event.get(), batch);
        }
        pending = ByteBuffer.wrap(batch.toByteArray());
        return batch.size() > 0;
    }

    private void end() {
        if (!done) {
            done = true;
            stream.close();
            metrics.longRunning(-1);
            metrics.ended(call);
            call.exchange().endExchange();
        }
    }
}
