package dev.kuar.practice.http;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.schema.YamlWriter;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes whole answers to a call; called on a worker thread, once a call.
 *
 * <p>As Go's server does, a body of up to 2048 bytes has a Content-Length and a longer one is chunked, unless the endpoint
 * knows its length beforehand. Only objects and lists are ever compressed.
 */
final class Reply {
    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";

    private Reply() {}

    /** A body as it is. */
    static void bytes(Call call, int code, String contentType, byte[] body) throws IOException {
        bytes(call, code, contentType, body, body.length <= DeferredBody.BUFFERED);
    }

    /** A body as it is, with a Content-Length whatever its size. */
    static void sized(Call call, int code, String contentType, byte[] body) throws IOException {
        bytes(call, code, contentType, body, true);
    }

    private static void bytes(Call call, int code, String contentType, byte[] body, boolean sized) throws IOException {
        if (sized) {
            call.exchange().setResponseContentLength(body.length);
        }
        try (OutputStream out = stream(call, code, contentType)) {
            out.write(body);
        }
    }

    /** A body that is written piece by piece, each as it is. */
    static OutputStream stream(Call call, int code, String contentType) throws IOException {
        HttpServerExchange exchange = call.exchange();
        head(call, code, contentType);
        if (!exchange.isBlocking()) {
            exchange.startBlocking();
        }
        return exchange.getOutputStream();
    }

    /** The body of an object or a list, to be written piece by piece; compressed where it is long and the client likes it. */
    static OutputStream object(Call call, int code, String contentType) {
        head(call, code, contentType);
        return call.keeping(new DeferredBody(call), contentType);
    }

    /** An object or a list that is encoded already. */
    static void object(Call call, int code, String contentType, byte[] body) throws IOException {
        try (OutputStream out = object(call, code, contentType)) {
            out.write(body);
        }
    }

    private static void head(Call call, int code, String contentType) {
        HttpServerExchange exchange = call.exchange();
        exchange.setStatusCode(code);
        if (!contentType.isEmpty()) {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
        }
        call.record().started(code);
    }

    /** A tree in the form that was negotiated, followed by a newline where Go's encoder puts one. */
    static void tree(Call call, int code, Form form, Map<String, Object> tree) throws IOException {
        if (form.encoding() != Form.Encoding.JSON) {
            call.keep(tree);
        }
        if ("Status".equals(tree.get("kind"))) {
            call.record().says(tree);
        }
        object(call, code, form.encoding().mediaType(), encode(form, tree));
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

    /** A refusal in the form that the client likes; indented JSON where it likes none that there is. */
    static void status(Call call, Status status) throws IOException {
        Object wait = status.details().get("retryAfterSeconds");
        if (wait != null) {
            call.setHeader("Retry-After", wait.toString());
        }
        Optional<Form> form = Form.choose(call, Form.NONE, AnswerWriter.ENCODINGS);
        if (form.isPresent()) {
            tree(call, status.code(), form.get(), status.tree());
        } else {
            call.record().says(status.tree());
            bytes(call, status.code(), JSON, PrettyJson.indent(JsonWriter.write(status.tree())));
        }
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
}
