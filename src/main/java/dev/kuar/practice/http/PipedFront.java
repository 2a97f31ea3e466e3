package dev.kuar.practice.http;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelPipe;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.streams.ChannelInputStream;
import org.xnio.streams.ChannelOutputStream;

/**
 * An API server's HTTP/1.1 over connections that are made here, in this process, and have been decrypted: nothing listens on the
 * machine. For servers that run in simulated pods. Closing it cuts its connections off.
 */
public final class PipedFront implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final OptionMap OPTIONS = OptionMap.builder()
            .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
            .set(UndertowOptions.DECODE_URL, false)
            .set(UndertowOptions.ALWAYS_SET_DATE, false)
            .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
            .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
            .set(UndertowOptions.MAX_HEADER_SIZE, 1024 * 1024)
            .set(UndertowOptions.MAX_PARAMETERS, 1000)
            .getMap();

    private final FrontHandler handler;
    private final XnioWorker worker;
    private final ByteBufferPool pool = new DefaultByteBufferPool(false, BUFFER);
    private final Set<StreamConnection> open = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private PipedFront(FrontHandler handler, XnioWorker worker) {
        this.handler = handler;
        this.worker = worker;
    }

    /** @param parts whose port and TLS are not looked at */
    public static PipedFront start(FrontParts parts) throws IOException {
        Metrics metrics = new Metrics();
        XnioWorker worker = Xnio.getInstance()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_IO_THREADS, 1)
                        .set(Options.WORKER_TASK_CORE_THREADS, 2)
                        .set(Options.WORKER_TASK_MAX_THREADS, 16)
                        .set(Options.THREAD_DAEMON, true)
                        .getMap());
        return new PipedFront(new FrontHandler(new FrontRouter(parts, metrics), metrics), worker);
    }

    /**
     * Begins a connection.
     *
     * @param peer the certificate that the client has shown by the time of its first request; null for none
     */
    public synchronized Link connect(Supplier<@Nullable X509Certificate> peer) throws IOException {
        if (closed) {
            throw new IOException("the server has ended");
        }
        ChannelPipe<StreamConnection, StreamConnection> pipe = worker.createFullDuplexPipeConnection();
        StreamConnection server = pipe.getLeftSide();
        HttpOpenListener listener = new HttpOpenListener(pool, OPTIONS);
        listener.setRootHandler(exchange -> {
            if (exchange.getConnection().getAttachment(PipedPeer.KEY) == null) {
                exchange.getConnection().putAttachment(PipedPeer.KEY, new PipedPeer(peer.get()));
            }
            handler.handleRequest(exchange);
        });
        open.add(server);
        server.getCloseSetter().set(gone -> open.remove(server));
        server.getIoThread().execute(() -> listener.handleEvent(server));
        return new Link(pipe.getRightSide());
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.forEach(IoUtils::safeClose);
        worker.shutdownNow();
        try {
            var unused = worker.awaitTermination(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** The client's end of a connection; its streams block, and each is used by one thread at a time. */
    public static final class Link implements Closeable {
        private final StreamConnection connection;
        private final InputStream in;
        private final OutputStream out;

        private Link(StreamConnection connection) {
            this.connection = connection;
            this.in = new ChannelInputStream(connection.getSourceChannel());
            this.out = new ChannelOutputStream(connection.getSinkChannel());
        }

        /** What the server says. */
        public InputStream in() {
            return in;
        }

        /** What it is told. */
        public OutputStream out() {
            return out;
        }

        @Override
        public void close() {
            IoUtils.safeClose(connection);
        }
    }
}
