package dev.kuar.practice.http;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.Status;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes whole answers to a call; called on a worker thread, once a call.
 *
 * <p>As Go's server does, a body of up to 2048 bytes has a Content-Length and a longer one is chunked, unless the endpoint
 * knows its length beforehand; as the API server does, what is longer than 128 KiB is compressed for who accepts that.
 */
final class Reply {
    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    private static final int BUFFERED = 2048;
    private static final int COMPRESSED = 128 * 1024;

    private Reply() {}

    /** A body as it is. */
    static void bytes(Call call, int code, String contentType, byte[] body) throws IOException {
        bytes(call, code, contentType, body, body.length <= BUFFERED);
    }

    /** A body as it is, with a Content-Length whatever its size. */
    static void sized(Call call, int code, String contentType, byte[] body) throws IOException {
        bytes(call, code, contentType, body, true);
    }

    private static void bytes(Call call, int code, String contentType, byte[] body, boolean sized) throws IOException {
        if (sized && !isCompressed(call, body.length)) {
            call.exchange().setResponseContentLength(body.length);
        }
        try (OutputStream out = open(call, code, contentType, body.length)) {
            out.write(body);
        }
    }

    /** A body that is written piece by piece; {@code expected} is about how long it will be, in bytes. */
    static OutputStream open(Call call, int code, String contentType, long expected) throws IOException {
        HttpServerExchange exchange = call.exchange();
        exchange.setStatusCode(code);
        if (!contentType.isEmpty()) {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
        }
        boolean compressed = isCompressed(call, expected);
        if (compressed) {
            exchange.getResponseHeaders().put(Headers.CONTENT_ENCODING, "gzip");
            exchange.getResponseHeaders().add(Headers.VARY, "Accept-Encoding");
        }
        if (!exchange.isBlocking()) {
            exchange.startBlocking();
        }
        OutputStream out = exchange.getOutputStream();
        return call.keeping(compressed ? new FastGzip(out) : out, contentType);
    }

    private static boolean isCompressed(Call call, long length) {
        return length > COMPRESSED
                && call.method().equals("GET")
                && call.header("Accept-Encoding").contains("gzip");
    }

    /** A tree in the form that was negotiated, followed by a newline where Go's encoder puts one. */
    static void tree(Call call, int code, Form form, Map<String, Object> tree) throws IOException {
        bytes(call, code, form.encoding().mediaType(), encode(form, tree));
    }

    /** The bytes of a tree. */
    static byte[] encode(Form form, Map<String, Object> tree) {
        return switch (form.encoding()) {
            case YAML -> YamlWriter.write(tree);
            case PROTOBUF -> Protobuf.encode(tree);
            case JSON -> json(tree, form.pretty());
        };
    }

    private static byte[] json(Map<String, Object> tree, boolean pretty) {
        byte[] compact = JsonWriter.write(tree);
        return pretty ? PrettyJson.indent(compact) : line(compact);
    }

    /** JSON and a newline. */
    static byte[] line(byte[] compact) {
        byte[] line = Arrays.copyOf(compact, compact.length + 1);
        line[compact.length] = '\n';
        return line;
    }

    /** A refusal, in JSON or YAML as the client likes. */
    static void status(Call call, Status status) throws IOException {
        Form form = new Form(Form.Encoding.JSON, "", "", call.pretty());
        for (MediaRange range : MediaRange.parseAccept(String.join(",", call.headers("Accept")))) {
            if (range.covers(Form.Encoding.JSON.mediaType())) {
                break;
            }
            if (range.covers(Form.Encoding.YAML.mediaType())) {
                form = new Form(Form.Encoding.YAML, "", "", false);
                break;
            }
        }
        Object wait = status.details().get("retryAfterSeconds");
        if (wait != null) {
            call.setHeader("Retry-After", wait.toString());
        }
        tree(call, status.code(), form, status.tree());
    }

    /** Plain text as Go's {@code http.Error} writes it. */
    static void text(Call call, int code, String text) throws IOException {
        call.setHeader("X-Content-Type-Options", "nosniff");
        bytes(call, code, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The 404 of who knows no such path at all. */
    static void pageNotFound(Call call) throws IOException {
        text(call, 404, "404 page not found\n");
    }

    /** One Warning header a warning. */
    static void warn(Call call, List<String> warnings) {
        WarningHeaders.of(warnings).forEach(header -> call.addHeader("Warning", header));
    }

    /** Fast rather than small, as upstream. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 16 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
