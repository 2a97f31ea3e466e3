package dev.kuar.practice.http;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/**
 * The wire of a practice cluster: HTTPS on loopback, HTTP/1.1 and HTTP/2, with all that real clients ask of a Kubernetes
 * API server beside the verbs themselves.
 */
public final class HttpFront implements AutoCloseable {
    private static final int HEADER_LIMIT = 1024 * 1024;
    private static final int SLOW_MILLIS = 60_000;
    private static final int IDLE_MILLIS = 10 * 60_000;
    private static final Logger QUIET = Logger.getLogger("org.xnio");
    private static final Logger QUIET_UNDERTOW = Logger.getLogger("io.undertow");
    private static final Logger QUIET_THREADS = Logger.getLogger("org.jboss.threads");

    private final Undertow server;
    private final int port;

    private HttpFront(Undertow server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Listens from when it returns.
     *
     * @throws BindException when the port is taken
     */
    public static HttpFront start(FrontParts parts) throws BindException {
        QUIET.setLevel(Level.WARNING);
        QUIET_UNDERTOW.setLevel(Level.WARNING);
        QUIET_THREADS.setLevel(Level.WARNING);
        Metrics metrics = new Metrics();
        FrontHandler handler = new FrontHandler(new FrontRouter(parts, metrics), metrics);
        Undertow server = Undertow.builder()
                .setIoThreads(2)
                .setWorkerThreads(32)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, HEADER_LIMIT)
                .setServerOption(UndertowOptions.MAX_HEADERS, 200)
                .setServerOption(UndertowOptions.MAX_PARAMETERS, 1000)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, SLOW_MILLIS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                .setServerOption(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 250)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 200)
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
                .setSocketOption(Options.SSL_ENABLED_CIPHER_SUITES, CipherOrder.of(parts.tls()))
                .setSocketOption(Options.TCP_NODELAY, true)
                .setSocketOption(Options.CONNECTION_HIGH_WATER, 4000)
                .setSocketOption(Options.CONNECTION_LOW_WATER, 3900)
                .addHttpsListener(parts.port(), "127.0.0.1", parts.tls())
                .setHandler(handler)
                .build();
        try {
            server.start();
        } catch (RuntimeException failed) {
            if (failed.getCause() instanceof BindException taken) {
                throw taken;
            }
            throw failed;
        }
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return new HttpFront(server, address.getPort());
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** Stops at once; open watches and streams are cut off. */
    @Override
    public void close() {
        server.stop();
    }
}
