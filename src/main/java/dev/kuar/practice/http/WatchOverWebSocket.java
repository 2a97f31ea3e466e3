package dev.kuar.practice.http;

import dev.kuar.practice.api.WatchEvent;
import dev.kuar.practice.api.WatchStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** A watch whose events are text messages of a WebSocket, for browsers: an Origin header is required. */
final class WatchOverWebSocket {
    private WatchOverWebSocket() {}

    static Handled start(Call call, Supplier<WatchStream> source, WatchFrames frames, Metrics metrics)
            throws IOException {
        if (call.header("Origin").isEmpty()) {
            ConnectHandler.refuseProtocol(call);
            return Handled.DONE;
        }
        WatchStream stream = source.get();
        WebSocketConnection.accept(call, null, socket -> {
            metrics.longRunning(1);
            Thread reader = new Thread(() -> drain(socket, stream), "watch-reader");
            reader.setDaemon(true);
            reader.start();
            try (stream) {
                for (Optional<WatchEvent> event = stream.take(); event.isPresent(); event = stream.take()) {
                    ByteArrayOutputStream line = new ByteArrayOutputStream();
                    frames.append(event.get(), line);
                    byte[] bytes = line.toByteArray();
                    socket.send(WebSocketConnection.TEXT, Arrays.copyOf(bytes, bytes.length - 1));
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

    private static void drain(WebSocketConnection socket, WatchStream stream) {
        try (stream) {
            socket.drain();
        } catch (IOException gone) {
            return;
        }
    }
}
