package dev.kuar.practice.network;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One request and its answer in HTTP/1.1, over streams that are there; the whole answer is read. Used once. */
public final class HttpExchange {
    private static final Set<String> OWN =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect");
    private static final int LONGEST_LINE = 1 << 20;

    private final String host;
    private boolean answered;
    private boolean kept = true;

    /** @param host as the request names it */
    public HttpExchange(String host) {
        this.host = host;
    }

    /** Whether the connection can be used again once the answer is read. */
    public boolean isKept() {
        return kept;
    }

    /** Whether an answer has begun. */
    public boolean isAnswered() {
        return answered;
    }

    public void write(HttpRequest request, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder(200)
                .append(request.method())
                .append(' ')
                .append(request.target())
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n");
        request.headers().forEach((name, value) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        if (request.body().length > 0 || !Set.of("GET", "HEAD").contains(request.method())) {
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream whole = new ByteArrayOutputStream(start.length + request.body().length);
        whole.writeBytes(start);
        whole.writeBytes(request.body());
        out.write(whole.toByteArray());
        out.flush();
    }

    /** @param method of the request */
    public HttpResponse read(String method, InputStream in) throws IOException {
        int status;
        Map<String, String> headers;
        do {
            status = status(line(in));
            answered = true;
            headers = headers(in);
        } while (status < 200);
        byte[] body = body(method, status, headers, in);
        Map<String, String> shown = new LinkedHashMap<>(headers);
        shown.keySet().removeAll(OWN);
        return new HttpResponse(status, shown, body);
    }

    private static int status(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5]\\d\\d")) {
            throw new IOException("no HTTP: " + line);
        }
        return Integer.parseInt(parts[1]);
    }

    /** Names in small letters; of a header that is repeated the first. */
    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private byte[] body(String method, int status, Map<String, String> headers, InputStream in) throws IOException {
        kept = !"close".equalsIgnoreCase(headers.get("connection"));
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new byte[0];
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(in);
        }
        String length = headers.get("content-length");
        if (length != null) {
            return exactly(Integer.parseInt(length), in);
        }
        kept = false;
        return in.readAllBytes();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            String size = line(in).split(";", 2)[0].strip();
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                var unused = headers(in);
                return whole.toByteArray();
            }
            whole.writeBytes(exactly(length, in));
            var unused = line(in);
        }
    }

    private static byte[] exactly(int length, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ended early");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException("the answer ended early");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
