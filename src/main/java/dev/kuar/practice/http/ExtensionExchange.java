package dev.kuar.practice.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One request to an extension API server over a connection of its own, and the answer as it comes. */
final class ExtensionExchange implements Closeable {
    private static final int LONGEST_LINE = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private final int status;
    private final Map<String, List<String>> headers;
    private final InputStream body;

    private ExtensionExchange(Socket socket, String method) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        int code;
        Map<String, List<String>> fields;
        do {
            code = status(line(in));
            fields = headers(in);
        } while (code >= 100 && code < 200 && code != 101);
        this.status = code;
        this.headers = fields;
        this.body = body(method);
    }

    /**
     * Sends a request whole and waits for the head of the answer.
     *
     * @param upgrade what the connection shall become; empty for HTTP
     */
    static ExtensionExchange send(
            Socket socket,
            String host,
            String method,
            String target,
            Map<String, List<String>> headers,
            byte[] body,
            String upgrade)
            throws IOException {
        StringBuilder head = new StringBuilder(300)
                .append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n");
        headers.forEach((name, values) -> values.forEach(value -> head.append(name)
                .append(": ")
                .append(value.replaceAll("[\r\n]", " "))
                .append("\r\n")));
        if (!upgrade.isEmpty()) {
            head.append("Connection: Upgrade\r\nUpgrade: ").append(upgrade).append("\r\n");
        } else {
            head.append("Connection: close\r\n");
        }
        if (body.length > 0 || !(method.equals("GET") || method.equals("HEAD"))) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + body.length + 2);
        whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        whole.writeBytes(body);
        OutputStream out = socket.getOutputStream();
        out.write(whole.toByteArray());
        out.flush();
        return new ExtensionExchange(socket, method);
    }

    int status() {
        return status;
    }

    /** In small letters. */
    Map<String, List<String>> headers() {
        return headers;
    }

    /** Decoded; of an upgraded connection whatever the server says. */
    InputStream body() {
        return body;
    }

    /** Of an upgraded connection. */
    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    private InputStream body(String method) {
        if (status == 101) {
            return in;
        }
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (first("transfer-encoding").equalsIgnoreCase("chunked")) {
            return new Chunks();
        }
        String length = first("content-length");
        return length.matches("\\d{1,15}") ? new Limited(Long.parseLong(length)) : in;
    }

    private String first(String name) {
        List<String> values = headers.get(name);
        return values == null ? "" : values.get(0);
    }

    private static int status(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-9]\\d\\d")) {
            throw new IOException("malformed HTTP response \"" + line + "\"");
        }
        return Integer.parseInt(parts[1]);
    }

    private static Map<String, List<String>> headers(InputStream in) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException("EOF");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A body that says its length. */
    private final class Limited extends InputStream {
        private long left;

        Limited(long length) {
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            if (left == 0 || count == 0) {
                return count == 0 ? 0 : -1;
            }
            int got = in.read(bytes, offset, (int) Math.min(count, left));
            if (got < 0) {
                throw new EOFException("unexpected EOF");
            }
            left -= got;
            return got;
        }
    }

    /** A body in pieces, each with its length before it. */
    private final class Chunks extends InputStream {
        private InputStream piece = new ByteArrayInputStream(new byte[0]);
        private boolean begun;
        private boolean over;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            while (!over) {
                int got = piece.read(bytes, offset, count);
                if (got >= 0) {
                    return got;
                }
                next();
            }
            return -1;
        }

        private void next() throws IOException {
            if (begun) {
                var unused = line(in);
            }
            begun = true;
            try {
                long length = Long.parseLong(line(in).split(";", 2)[0].strip(), 16);
                over = length == 0;
                piece = new Limited(length);
            } catch (NumberFormatException damaged) {
                throw new IOException("malformed chunked encoding", damaged);
            }
            if (over) {
                var unused = headers(in);
            }
        }
    }
}
