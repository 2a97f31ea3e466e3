package dev.kuar.kubectl.rest;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to an API server: one exchange at a time, then the next, or an upgrade.
 *
 * <p>A plain socket under it: nothing between a command and the wire, and closing it ends any read.
 */
final class HttpConnection implements Closeable {
    private static final int CONNECT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean reusable = true;

    private HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 32 << 10);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 16 << 10);
    }

    /** {@code context} is null for plain HTTP. */
    static HttpConnection open(ClientSettings settings, @Nullable SSLContext context) throws IOException {
        URI server = URI.create(settings.server());
        int port = server.getPort() >= 0 ? server.getPort() : context == null ? 80 : 443;
        String host = server.getHost().replaceAll("[\\[\\]]", "");
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        if (settings.proxy().isEmpty()) {
            connect(socket, host, port);
        } else {
            URI proxy = URI.create(settings.proxy().contains("://") ? settings.proxy() : "http://" + settings.proxy());
            connect(socket, proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
            tunnel(socket, host + ":" + port);
        }
        return context == null
                ? new HttpConnection(socket)
                : new HttpConnection(secure(settings, context, socket, host, port));
    }

    private static void connect(Socket socket, String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            socket.close();
            throw new UnknownHostException(host);
        }
        socket.connect(address, CONNECT_MILLIS);
    }

    private static void tunnel(Socket socket, String target) throws IOException {
        String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line(socket.getInputStream());
        if (!status.contains(" 200")) {
            throw new IOException("proxyconnect tcp: " + status);
        }
        String header = status;
        while (!header.isEmpty()) {
            header = line(socket.getInputStream());
        }
    }

    private static Socket secure(ClientSettings settings, SSLContext context, Socket socket, String host, int port)
            throws IOException {
        String name = settings.tlsServerName().isEmpty() ? host : settings.tlsServerName();
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, name, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        if (!settings.insecure()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (name.matches(".*[a-zA-Z].*") && !name.contains(":")) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /** Sends one request; the answer's body must be read to its end before the next. */
    Head exchange(String method, String path, Map<String, String> headers, byte @Nullable [] body, int timeoutMillis)
            throws IOException {
        StringBuilder head = new StringBuilder(512);
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        headers.forEach((name, value) -> {
            for (String line : value.split("\n", -1)) {
                head.append(name.replaceAll("\\[.*", ""))
                        .append(": ")
                        .append(line)
                        .append("\r\n");
            }
        });
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        socket.setSoTimeout(timeoutMillis);
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (body != null) {
            out.write(body);
        }
        out.flush();
        return head();
    }

    private Head head() throws IOException {
        String status = line(in);
        String[] words = status.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
            throw new IOException("http: server gave a malformed answer");
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon), name -> new java.util.ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        Head head = new Head(Integer.parseInt(words[1]), headers);
        reusable = !"close".equalsIgnoreCase(head.header("Connection"));
        return head;
    }

    /** The body of an answer, framed as its head says. */
    InputStream body(Head head, boolean none) {
        if (none || head.status() == 204 || head.status() == 304) {
            return InputStream.nullInputStream();
        }
        if (head.header("Transfer-Encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
            return new HttpBody(in, -1);
        }
        String length = head.header("Content-Length");
        if (length.isEmpty()) {
            reusable = false;
            return in;
        }
        return new HttpBody(in, Long.parseLong(length));
    }

    boolean isReusable() {
        return reusable && !socket.isClosed();
    }

    InputStream input() {
        return in;
    }

    OutputStream output() {
        return out;
    }

    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Closes where nobody wants to know whether it could be closed; returns whether it could. */
    boolean closeQuietly() {
        try {
            close();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("EOF");
            }
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() > 1 << 20) {
                throw new SocketTimeoutException("header line too long");
            }
        }
    }

    /**
     * Status and headers of an answer.
     *
     * @param status the code
     * @param headers by name in any case
     */
    record Head(int status, Map<String, List<String>> headers) {
        String header(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            return values.isEmpty() ? "" : values.get(0);
        }
    }
}
