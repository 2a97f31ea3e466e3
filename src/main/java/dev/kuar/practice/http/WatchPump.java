package dev.kuar.practice.http;

import dev.kuar.practice.api.WatchEvent;
import dev.kuar.practice.api.WatchStream;
import io.undertow.util.Protocols;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;

/**
 * Carries a watch to its client without a thread of its own: it runs on the connection's I/O thread when there is an
 * event to send or room to send it, and not at all otherwise. A client that takes nothing of what is left once its watch has
 * ended is cut off after a while.
 */
final class WatchPump {
    private static final int BATCH = 16 * 1024;
    private static final int PATIENCE_SECONDS = 5;

    private final Call call;
    private final WatchStream stream;
    private final WatchFrames frames;
    private final Metrics metrics;
    private final XnioIoThread thread;
    private final StreamSinkChannel channel;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private boolean done;
    private long sent;
    private boolean watched;

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
        stream.whenEnding(() -> onThread(this::run));
        onThread(() -> {
            if (!done) {
                Departure.watch(call.exchange(), this::end);
                run();
            }
        });
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
                    int taken = channel.write(pending);
                    sent += taken;
                    if (taken == 0) {
                        stall();
                        return;
                    }
                }
                if (!fill()) {
                    break;
                }
            }
            if (!channel.flush()) {
                stall();
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

    /** Goes on when there is room; where the watch has ended and there is none for long, cuts the client off. */
    private void stall() {
        channel.resumeWrites();
        if (stream.isEnding() && !watched) {
            watched = true;
            long before = sent;
            thread.executeAfter(() -> lookAgain(before), PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void lookAgain(long before) {
        watched = false;
        if (!done && sent == before) {
            boolean shared = call.exchange().getProtocol().equals(Protocols.HTTP_2_0);
            IoUtils.safeClose(shared ? channel : call.exchange().getConnection());
            end();
        } else if (!done) {
            run();
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
            call.record().complete();
            call.exchange().endExchange();
        }
    }
}
