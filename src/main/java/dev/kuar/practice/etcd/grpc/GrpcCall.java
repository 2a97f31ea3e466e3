package dev.kuar.practice.etcd.grpc;

import dev.kuar.practice.etcd.EtcdException;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * One gRPC call on its way: takes the client's messages one after the other, the next once the last was dealt with; sends as
 * there is room; ends with a status in the trailers.
 *
 * <p>Channels are touched by the connection's thread alone, the handler by its turn alone.
 */
final class GrpcCall {
    private static final Logger LOG = Logger.getLogger(GrpcCall.class.getName());
    private static final int BUFFER = 16 * 1024;

    private final HttpServerExchange exchange;
    private final XnioIoThread thread;
    private final Turn turn;
    private final FrameReader frames;
    private final StreamSourceChannel source;
    private final StreamSinkChannel sink;
    private final Outbox outbox = new Outbox();
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();
    private Handler handler = new Nobody();
    private volatile GrpcStatus status = GrpcStatus.OK;
    private volatile boolean ending;
    private boolean busy;
    private boolean halfClosed;
    private boolean done;
    private XnioExecutor.@Nullable Key alarm;

    /** On the connection's thread. */
    GrpcCall(HttpServerExchange exchange) {
        this.exchange = exchange;
        this.thread = exchange.getIoThread();
        this.turn = new Turn(exchange.getConnection().getWorker());
        String encoding = exchange.getRequestHeaders().getFirst("grpc-encoding");
        this.frames = new FrameReader(encoding == null ? "" : encoding);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/grpc");
        exchange.putAttachment(HttpAttachments.RESPONSE_TRAILER_SUPPLIER, this::trailers);
        this.source = exchange.getRequestChannel();
        this.sink = exchange.getResponseChannel();
    }

    private HeaderMap trailers() {
        HeaderMap trailers = new HeaderMap();
        trailers.put(new HttpString("grpc-status"), status.code());
        if (status.code() != 0) {
            trailers.put(new HttpString("grpc-message"), status.encoded());
        }
        return trailers;
    }

    /** Begins to read; on the connection's thread. */
    void start(Handler chosen, Optional<Duration> deadline) {
        handler = chosen;
        sink.getWriteSetter().set(channel -> write());
        source.getReadSetter().set(channel -> read());
        exchange.getConnection().addCloseListener(connection -> onThread(this::close));
        deadline.ifPresent(time -> alarm = thread.executeAfter(
                () -> finish(new GrpcStatus(GrpcStatus.DEADLINE_EXCEEDED, "context deadline exceeded")),
                time.toMillis(),
                TimeUnit.MILLISECONDS));
        read();
    }

    private void onThread(Runnable action) {
        try {
            thread.execute(action);
        } catch (RejectedExecutionException stopping) {
            LOG.log(Level.FINE, "the server stops", stopping);
        }
    }

    /** Has something done by the handler's turn. */
    void inTurn(Runnable action) {
        turn.run(() -> {
            try {
                action.run();
            } catch (GrpcException refused) {
                finish(refused.status());
            } catch (EtcdException refused) {
                finish(GrpcStatus.of(refused));
            } catch (RuntimeException | StackOverflowError fault) {
                LOG.log(Level.WARNING, "a fault while answering " + exchange.getRequestPath(), fault);
                finish(new GrpcStatus(GrpcStatus.INTERNAL, fault.getClass().getSimpleName()));
            }
        });
    }

    private void read() {
        try {
            while (!busy && !halfClosed && !ending && !done) {
                Optional<byte[]> message = in.hasRemaining() ? frames.next(in) : Optional.empty();
                if (message.isPresent()) {
                    busy = true;
                    source.suspendReads();
                    inTurn(() -> {
                        handler.message(message.get());
                        onThread(this::ready);
                    });
                } else if (!more()) {
                    return;
                }
            }
        } catch (GrpcException refused) {
            finish(refused.status());
        } catch (IOException gone) {
            close();
        }
    }

    private void ready() {
        busy = false;
        read();
    }

    /** Whether it is worth while to go on reading now. */
    private boolean more() throws IOException {
        in.clear();
        int count = source.read(in);
        in.flip();
        if (count == 0) {
            source.resumeReads();
        } else if (count < 0) {
            halfClosed = true;
            if (frames.isWithin()) {
                throw new GrpcException(GrpcStatus.INTERNAL, "unexpected EOF");
            }
            inTurn(handler::end);
        }
        return count > 0;
    }

    /** Whether more would be sent soon; where not, {@link Handler#room} is called when it would. */
    boolean hasRoom() {
        return outbox.hasRoom();
    }

    void send(byte[] message) {
        outbox.add(message);
        onThread(this::write);
    }

    /** Ends the call once all is sent; the first status counts. */
    void finish(GrpcStatus how) {
        onThread(() -> {
            if (!ending && !done) {
                status = how;
                ending = true;
                source.suspendReads();
                if (how.code() == GrpcStatus.DEADLINE_EXCEEDED) {
                    outbox.clear();
                }
                inTurn(handler::gone);
                write();
            }
        });
    }

    boolean isOver() {
        return ending;
    }

    private void write() {
        if (done) {
            return;
        }
        try {
            boolean empty = outbox.sendTo(sink);
            if (!ending && outbox.hasRoomAgain()) {
                inTurn(handler::room);
            }
            if (empty && ending) {
                sink.shutdownWrites();
            }
            if (!empty || !sink.flush()) {
                sink.resumeWrites();
                return;
            }
            sink.suspendWrites();
            if (ending) {
                end();
            }
        } catch (IOException gone) {
            close();
        }
    }

    /** What the client still sends of this call is read and dropped. */
    private void end() {
        if (!done) {
            done = true;
            if (alarm != null) {
                alarm.remove();
            }
            exchange.endExchange();
        }
    }

    /** The client is gone. */
    private void close() {
        if (!done) {
            if (!ending) {
                ending = true;
                inTurn(handler::gone);
            }
            outbox.clear();
            IoUtils.safeClose(sink);
            end();
        }
    }

    /** Before there is a handler. */
    private static final class Nobody implements Handler {
        @Override
        public void message(byte[] message) {
            throw new GrpcException(GrpcStatus.INTERNAL, "nobody takes this call");
        }

        @Override
        public void end() {}
    }
}
