package dev.kuar.practice.http;

import dev.kuar.practice.api.WatchEvent;
import dev.kuar.practice.api.WatchStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A watch whose events are messages of a WebSocket, for browsers: an Origin header is required. JSON is text, protobuf binary.
 * Source: {@code golang.org/x/net/websocket}, which is strict about the handshake.
 */
final class WatchOverWebSocket {
    /** Of a protobuf event's own frame, which a message needs not. */
    private static final int LENGTH = 4;

    private WatchOverWebSocket() {}

    static Handled start(Call call, Supplier<WatchStream> source, Form form, WatchFrames frames, Metrics metrics)
            throws IOException {
        if (isRefused(call)) {
            return Handled.DONE;
        }
        WatchStream stream = source.get();
        List<String> offered = WebSocketUpgrade.offered(call);
        boolean text = form.encoding() == Form.Encoding.JSON;
        int opcode = text ? WebSocketConnection.TEXT : WebSocketConnection.BINARY;
        WebSocketConnection.accept(call, offered.isEmpty() ? null : offered.get(0), socket -> {
            metrics.longRunning(1);
            Thread reader = new Thread(() -> drain(socket, stream), "watch-reader");
            reader.setDaemon(true);
            reader.start();
            try (stream) {
                for (Optional<WatchEvent> event = stream.take(); event.isPresent(); event = stream.take()) {
                    ByteArrayOutputStream line = new ByteArrayOutputStream();
                    frames.append(event.get(), line);
                    byte[] bytes = line.toByteArray();
                    socket.send(opcode, Arrays.copyOfRange(bytes, text ? 0 : LENGTH, bytes.length));
                }
            } catch (IOException gone) {
                return;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } finally {
                metrics.longRunning(-1);
            }
        });
        return Handled.DONE;
    }

    private static boolean isRefused(Call call) throws IOException {
        if (call.header("Sec-WebSocket-Key").isEmpty()) {
            UpgradeReply.handshake(call, 400, "mismatch challenge/response");
        } else if (!call.header("Sec-WebSocket-Version").equals("13")) {
            call.setHeader("Sec-WebSocket-Version", "13");
            UpgradeReply.handshake(call, 400, "missing or bad WebSocket Version");
        } else if (!call.header("Origin").matches("([A-Za-z][A-Za-z0-9+.-]*:.+|/.*)")) {
            UpgradeReply.handshake(call, 403, "");
        } else if (WebSocketUpgrade.offered(call).size() > 1) {
            UpgradeReply.handshake(call, 400, "");
        } else {
            return false;
        }
        return true;
    }

    private static void drain(WebSocketConnection socket, WatchStream stream) {
        try (stream) {
            socket.drain();
        } catch (IOException gone) {
            return;
        }
    }
}
