package dev.kuar.guard;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Request line and headers of an HTTP/1 request, read strictly: what two readers could understand differently is refused.
 *
 * @param method in capitals as sent
 * @param target path and query as sent
 * @param minor of HTTP/1.minor
 * @param headers by name in any case; several of a name in order
 */
record RequestHead(String method, String target, int minor, Map<String, List<String>> headers) {
    private static final int LONGEST = 64 << 10;
    private static final int MOST_HEADERS = 200;
    private static final Pattern LINE = Pattern.compile("([A-Z]{1,20}) ([\\x21-\\x7e]{1,16000}) HTTP/1\\.([01])");
    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x20-\\x7e\\x80-\\xff\\t]*)");

    /**
     * Reads a head; empty where the client left instead.
     *
     * @throws ProtocolException when it is none
     */
    static Optional<RequestHead> read(InputStream in) throws IOException {
        int[] left = {LONGEST};
        String first = line(in, left, true);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(first);
        if (!line.matches()) {
            throw new ProtocolException("malformed request line");
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int count = 0;
        for (String text = line(in, left, false); !text.isEmpty(); text = line(in, left, false)) {
            Matcher header = HEADER.matcher(text);
            if (!header.matches() || ++count > MOST_HEADERS) {
                throw new ProtocolException("malformed header");
            }
            headers.computeIfAbsent(header.group(1), name -> new ArrayList<>())
                    .add(header.group(2).strip());
        }
        RequestHead head = new RequestHead(line.group(1), line.group(2), Integer.parseInt(line.group(3)), headers);
        head.checkFraming();
        return Optional.of(head);
    }

    private void checkFraming() throws ProtocolException {
        List<String> lengths = headers.getOrDefault("Content-Length", List.of());
        List<String> encodings = headers.getOrDefault("Transfer-Encoding", List.of());
        if (lengths.size() > 1
                || encodings.size() > 1
                || (!lengths.isEmpty() && !encodings.isEmpty())
                || (!lengths.isEmpty() && !lengths.get(0).matches("\\d{1,10}"))
                || (!encodings.isEmpty() && !encodings.get(0).equalsIgnoreCase("chunked"))) {
            throw new ProtocolException("the end of the body is not clear");
        }
    }

    /** The first of that name; empty for none. */
    String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    boolean isUpgrade() {
        return headers.containsKey("Upgrade")
                || connection().contains("upgrade")
                || headers.containsKey("HTTP2-Settings");
    }

    boolean closes() {
        return minor == 0 || connection().contains("close");
    }

    private String connection() {
        return String.join(",", headers.getOrDefault("Connection", List.of())).toLowerCase(Locale.ROOT);
    }

    private static String line(InputStream in, int[] left, boolean first) throws IOException {
        StringBuilder line = new StringBuilder(80);
        while (true) {
            int c = in.read();
            if (c < 0) {
                if (first && line.isEmpty()) {
                    return "";
                }
                throw new EOFException("the request breaks off");
            }
            if (--left[0] < 0) {
                throw new ProtocolException("the head is too long");
            }
            if (c == '\n') {
                int end = line.length() - 1;
                if (end < 0 || line.charAt(end) != '\r') {
                    throw new ProtocolException("a line ends without a carriage return");
                }
                line.setLength(end);
                if (first && line.isEmpty()) {
                    throw new ProtocolException("an empty request line");
                }
                return line.toString();
            }
            line.append((char) c);
        }
    }

    /** The body, whole. */
    byte[] body(InputStream in, int limit) throws IOException {
        if (header("Transfer-Encoding").isEmpty()) {
            long length = headers.containsKey("Content-Length") ? Long.parseLong(header("Content-Length")) : 0;
            if (length > limit) {
                throw new ProtocolException("the body is too long");
            }
            byte[] body = in.readNBytes((int) length);
            if (body.length < length) {
                throw new EOFException("the body breaks off");
            }
            return body;
        }
        java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
        while (true) {
            String size = line(in, new int[] {1000}, false).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,7}")) {
                throw new ProtocolException("malformed chunk");
            }
            int length = Integer.parseInt(size, 16);
            if (whole.size() + length > limit) {
                throw new ProtocolException("the body is too long");
            }
            whole.write(in.readNBytes(length));
            String end = line(in, new int[] {LONGEST}, false);
            if (length == 0) {
                while (!end.isEmpty()) {
                    end = line(in, new int[] {LONGEST}, false);
                }
                return whole.toByteArray();
            }
            if (!end.isEmpty()) {
                throw new ProtocolException("malformed chunk");
            }
        }
    }

    /** For messages: method and path, without the query. */
    String action() {
        int mark = target.indexOf('?');
        return method + " " + (mark < 0 ? target : target.substring(0, mark));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
