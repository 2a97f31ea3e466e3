package dev.kuar.practice.network;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A {@link PortService} that speaks HTTP/1.1: parses what comes in piece by piece, without a thread. */
public final class HttpService implements PortService {
    private static final int HEAD_LIMIT = 64 * 1024;
    private static final Pattern REQUEST_LINE = Pattern.compile("\\S+ \\S+( HTTP/\\d\\.\\d)?");

    private final HttpHandler handler;
    private final @Nullable Supplier<SSLContext> identity;
    private @Nullable SSLContext context;

    private HttpService(HttpHandler handler, @Nullable Supplier<SSLContext> identity) {
        this.handler = handler;
        this.identity = identity;
    }

    public static HttpService plain(HttpHandler handler) {
        return new HttpService(handler, null);
    }

    /** @param identity asked once, by the first client that speaks TLS on the wire */
    public static HttpService secure(HttpHandler handler, Supplier<SSLContext> identity) {
        return new HttpService(handler, identity);
    }

    @Override
    public HttpHandler http() {
        return handler;
    }

    @Override
    public boolean tls() {
        return identity != null;
    }

    @Override
    public Wire accept(Wire back, String peer) {
        return identity == null
                ? new Parser(back, peer)
                : new TlsWire(back, () -> context(identity), plain -> new Parser(plain, peer));
    }

    private synchronized SSLContext context(Supplier<SSLContext> maker) {
        SSLContext made = context;
        if (made == null) {
            made = maker.get();
            context = made;
        }
        return made;
    }

    /** The server's side of one connection. */
    private final class Parser implements Wire {
        private final Wire back;
        private final String peer;
        private byte[] pending = new byte[0];
        private boolean done;

        Parser(Wire back, String peer) {
            this.back = back;
            this.peer = peer;
        }

        @Override
        public synchronized void send(byte[] bytes) {
            if (done) {
                return;
            }
            byte[] joined = new byte[pending.length + bytes.length];
            System.arraycopy(pending, 0, joined, 0, pending.length);
            System.arraycopy(bytes, 0, joined, pending.length, bytes.length);
            pending = joined;
            while (!done && step()) {
                continue;
            }
        }

        @Override
        public synchronized void end() {
            if (!done) {
                done = true;
                back.end();
            }
        }

        private boolean step() {
            int headEnd = headEnd(pending);
            if (headEnd < 0) {
                if (pending.length > HEAD_LIMIT || !beginsWell(pending)) {
                    answer(null, HttpResponse.text(400, "text/plain; charset=utf-8", "400 Bad Request"), true);
                }
                return false;
            }
            String[] lines = new String(pending, 0, headEnd, StandardCharsets.ISO_8859_1)
                    .strip()
                    .split("\r?\n");
            String[] first = lines[0].split(" ");
            if (first.length < 2) {
                answer(null, HttpResponse.text(400, "text/plain", "Bad Request\n"), true);
                return false;
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                if (colon > 0) {
                    headers.put(
                            lines[i].substring(0, colon).strip(),
                            lines[i].substring(colon + 1).strip());
                }
            }
            HttpRequest head = new HttpRequest(first[0], first[1], headers, new byte[0], peer);
            int length = contentLength(head);
            if (pending.length - headEnd < length) {
                return false;
            }
            byte[] body = new byte[length];
            System.arraycopy(pending, headEnd, body, 0, length);
            byte[] rest = new byte[pending.length - headEnd - length];
            System.arraycopy(pending, headEnd + length, rest, 0, rest.length);
            pending = rest;
            HttpRequest request = new HttpRequest(first[0], first[1], headers, body, peer);
            boolean http10 = first.length < 3 || first[2].endsWith("1.0");
            boolean close = request.header("Connection").equalsIgnoreCase("close")
                    || http10 && !request.header("Connection").equalsIgnoreCase("keep-alive");
            HttpResponse response = handler.handle(request);
            close |= "close".equalsIgnoreCase(response.headers().get("Connection"));
            return answer(request, response, close);
        }

        /** Whether the connection goes on. */
        private boolean answer(@Nullable HttpRequest request, HttpResponse response, boolean asked) {
            if (response.status() == 0) {
                // The server hangs up.
                done = true;
                back.end();
                return false;
            }
            boolean close = asked || response.protocol().equals("HTTP/1.0");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(head(response, close).getBytes(StandardCharsets.ISO_8859_1));
            if (request == null || !request.method().equals("HEAD")) {
                out.writeBytes(response.body());
            }
            back.send(out.toByteArray());
            if (close) {
                done = true;
                back.end();
            }
            return !close;
        }
    }

    /** Status line and headers as written, the empty line included. */
    static String head(HttpResponse response, boolean close) {
        StringBuilder head = new StringBuilder(response.protocol())
                .append(' ')
                .append(response.status())
                .append(' ')
                .append(response.reason())
                .append("\r\n");
        response.headerLines().stream()
                .filter(line -> !close || !line.toLowerCase(Locale.ROOT).startsWith("connection:"))
                .forEach(line -> head.append(line).append("\r\n"));
        if (close && !response.protocol().equals("HTTP/1.0")) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static int contentLength(HttpRequest head) {
        String length = head.header("Content-Length");
        return length.matches("[0-9]{1,8}") ? Integer.parseInt(length) : 0;
    }

    /** Whether the first line, once it is there, may begin a request. */
    private static boolean beginsWell(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return REQUEST_LINE
                        .matcher(new String(bytes, 0, i, StandardCharsets.ISO_8859_1).strip())
                        .matches();
            }
        }
        return true;
    }

    /** The index behind the empty line; negative while it is not there. */
    private static int headEnd(byte[] bytes) {
        for (int i = 0; i < bytes.length - 1; i++) {
            if (bytes[i] == '\n' && bytes[i + 1] == '\n') {
                return i + 2;
            }
            if (i < bytes.length - 3
                    && bytes[i] == '\r'
                    && bytes[i + 1] == '\n'
                    && bytes[i + 2] == '\r'
                    && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }
}
