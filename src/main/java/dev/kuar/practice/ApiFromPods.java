package dev.kuar.practice;

import dev.kuar.practice.network.HttpExchange;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpRequest;
import dev.kuar.practice.network.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The API server as pods reach it: their requests take the way over the wire, with their own credentials.
 *
 * <p>Plain sockets, kept for the next request: probes ask every second from the first moment on, and a client with threads of its own would
 * hold up the end of the process. Thread-safe.
 */
final class ApiFromPods implements HttpHandler, AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int LIMIT_MILLIS = 30_000;
    private static final int KEPT = 4;

    private final int port;
    private final X509Certificate authority;
    private final Deque<SSLSocket> idle = new ArrayDeque<>();
    private @Nullable SSLSocketFactory sockets;
    private boolean closed;

    ApiFromPods(int port, X509Certificate authority) {
        this.port = port;
        this.authority = authority;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        try {
            SSLSocket known = take();
            HttpResponse answer = known == null ? null : again(known, request);
            return answer != null ? answer : over(connect(), request, new HttpExchange("127.0.0.1:" + port));
        } catch (IOException | GeneralSecurityException broken) {
            return HttpResponse.text(
                    503, "text/plain", "the API server does not answer: " + broken.getMessage() + "\n");
        }
    }

    /** Asks over a connection that was kept; null where the server has ended it meanwhile. */
    private @Nullable HttpResponse again(SSLSocket socket, HttpRequest request) throws IOException {
        HttpExchange exchange = new HttpExchange("127.0.0.1:" + port);
        try {
            return over(socket, request, exchange);
        } catch (SocketTimeoutException slow) {
            throw slow;
        } catch (IOException ended) {
            if (exchange.isAnswered()) {
                throw ended;
            }
            return null;
        }
    }

    /** Asks over a connection, which is kept for the next request where the server keeps it. */
    private HttpResponse over(SSLSocket socket, HttpRequest request, HttpExchange exchange) throws IOException {
        boolean kept = false;
        try {
            exchange.write(request, socket.getOutputStream());
            HttpResponse answer = exchange.read(request.method(), socket.getInputStream());
            kept = exchange.isKept() && give(socket);
            return answer;
        } finally {
            if (!kept) {
                socket.close();
            }
        }
    }

    private synchronized @Nullable SSLSocket take() {
        return idle.poll();
    }

    private synchronized boolean give(SSLSocket socket) {
        return !closed && idle.size() < KEPT && idle.offer(socket);
    }

    private SSLSocket connect() throws IOException, GeneralSecurityException {
        SSLSocket socket = (SSLSocket) sockets().createSocket();
        boolean connected = false;
        try {
            SSLParameters checked = socket.getSSLParameters();
            checked.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(checked);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port),
                    CONNECT_MILLIS);
            connected = true;
            return socket;
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }

    private synchronized SSLSocketFactory sockets() throws GeneralSecurityException, IOException {
        SSLSocketFactory known = sockets;
        if (known == null) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("authority", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            known = context.getSocketFactory();
            sockets = known;
        }
        return known;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (SSLSocket socket : idle) {
            socket.close();
        }
        idle.clear();
    }
}
