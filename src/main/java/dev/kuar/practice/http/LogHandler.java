package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.api.NodeConnector.LogRequest;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.time.ClusterClock;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code pods/log}: as chunked text, or as messages of a WebSocket. */
final class LogHandler {
    private static final List<String> PROTOCOLS = List.of("binary.k8s.io", "base64.binary.k8s.io");
    private static final int PIECE = 16 * 1024;

    private final ClusterClock clock;

    LogHandler(ClusterClock clock) {
        this.clock = clock;
    }

    Handled handle(Call call, KubeObject pod, NodeConnector nodes) throws IOException {
        boolean upgrade = WebSocketUpgrade.isAskedFor(call);
        if (!upgrade) {
            Form.negotiate(call, Form.NONE, AnswerWriter.ENCODINGS, false);
        }
        LogRequest request = request(call, pod);
        if (pod.text("spec", "nodeName").isEmpty()) {
            Reply.bytes(call, 200, "text/plain", new byte[0]);
            return Handled.DONE;
        }
        InputStream log = nodes.logs(pod, request);
        if (upgrade) {
            return overWebSocket(call, log);
        }
        if (request.follow()) {
            HttpServerExchange exchange = call.exchange();
            exchange.getConnection().addCloseListener(closed -> close(log));
            exchange.getIoThread().execute(() -> Departure.watch(exchange, () -> close(log)));
        }
        try (log;
                OutputStream out = Reply.stream(call, 200, "text/plain")) {
            byte[] piece = new byte[PIECE];
            out.flush();
            for (int n = log.read(piece); n >= 0; n = log.read(piece)) {
                out.write(piece, 0, n);
                if (log.available() == 0) {
                    out.flush();
                }
            }
        }
        return Handled.DONE;
    }

    private static Handled overWebSocket(Call call, InputStream log) throws IOException {
        String protocol = WebSocketConnection.choose(call, PROTOCOLS);
        if (protocol == null) {
            log.close();
            UpgradeReply.handshake(call, 403, "");
            return Handled.DONE;
        }
        boolean base64 = protocol.startsWith("base64");
        WebSocketConnection.accept(call, protocol, socket -> {
            Thread reader = new Thread(
                    () -> {
                        try {
                            socket.drain();
                        } catch (IOException gone) {
                            return;
                        } finally {
                            close(log);
                        }
                    },
                    "log-reader");
            reader.setDaemon(true);
            reader.start();
            try {
                byte[] piece = new byte[PIECE];
                socket.send(base64 ? WebSocketConnection.TEXT : WebSocketConnection.BINARY, new byte[0]);
                for (int n = log.read(piece); n >= 0; n = log.read(piece)) {
                    byte[] data = java.util.Arrays.copyOf(piece, n);
                    socket.send(
                            base64 ? WebSocketConnection.TEXT : WebSocketConnection.BINARY,
                            base64 ? java.util.Base64.getEncoder().encode(data) : data);
                }
            } catch (IOException gone) {
                return;
            } finally {
                close(log);
            }
        });
        return Handled.DONE;
    }

    private static void close(InputStream log) {
        try {
            log.close();
        } catch (IOException already) {
            return;
        }
    }

    private LogRequest request(Call call, KubeObject pod) {
        List<Map<String, Object>> causes = new ArrayList<>();
        long tail = number(call, "tailLines", 0, causes);
        long limit = number(call, "limitBytes", 1, causes);
        long since = number(call, "sinceSeconds", 1, causes);
        if (since >= 0 && !call.query("sinceTime").isEmpty()) {
            causes.removeIf(cause -> "sinceSeconds".equals(cause.get("field")));
            causes.add(Statuses.cause(
                    "FieldValueForbidden",
                    "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified",
                    ""));
        }
        if (!call.query("stream").isEmpty()) {
            causes.add(Statuses.cause("FieldValueForbidden", "Forbidden: may not be specified", "stream"));
        }
        if (!causes.isEmpty()) {
            throw Statuses.invalid("", "PodLogOptions", pod.name(), causes);
        }
        String container = ContainerChoice.of(pod, call.query("container"));
        return new LogRequest(
                container,
                call.flag("follow"),
                call.flag("previous"),
                call.flag("timestamps"),
                tail,
                limit,
                since >= 0 ? clock.now().minusSeconds(since) : sinceTime(call));
    }

    private static long number(Call call, String name, long least, List<Map<String, Object>> causes) {
        String text = call.query(name);
        if (text.isEmpty()) {
            return -1;
        }
        try {
            long value = Long.parseLong(text);
            if (value < least) {
                String bound = least == 0 ? "must be greater than or equal to 0" : "must be greater than 0";
                causes.add(Statuses.cause("FieldValueInvalid", "Invalid value: " + value + ": " + bound, name));
            }
            return value;
        } catch (NumberFormatException none) {
            throw Statuses.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }

    private static @Nullable Instant sinceTime(Call call) {
        String text = call.query("sinceTime");
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException none) {
            ApiException refusal = Statuses.badRequest("parsing time \"" + text
                    + "\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"" + text + "\" as \"2006\"");
            refusal.addSuppressed(none);
            throw refusal;
        }
    }
}
