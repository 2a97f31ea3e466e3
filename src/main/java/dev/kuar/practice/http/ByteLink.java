package dev.kuar.practice.http;

import java.io.Closeable;
import java.io.IOException;

/** Bytes both ways, below SPDY: an upgraded connection, or the binary messages of a WebSocket. */
interface ByteLink extends Closeable {
    /** The next bytes; empty when the other side has closed. Blocks. */
    byte[] read() throws IOException;

    /** Sends all; called by one thread at a time. */
    void write(byte[] bytes) throws IOException;

    /** Over a WebSocket. */
    static ByteLink of(WebSocketConnection socket) {
        return new ByteLink() {
            @Override
            public byte[] read() throws IOException {
                WebSocketConnection.Message message = socket.read();
                while (message != null && message.payload().length == 0) {
                    message = socket.read();
                }
                return message == null ? new byte[0] : message.payload();
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                socket.send(WebSocketConnection.BINARY, bytes);
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }
}
