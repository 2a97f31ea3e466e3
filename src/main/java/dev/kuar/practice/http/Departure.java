package dev.kuar.practice.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.channels.StreamSourceChannel;

/**
 * Notices that the client of an HTTP/1.1 connection has left while its answer goes on, which nobody else does: there is
 * nothing more to be read of the request. What a client sends ahead meanwhile is kept for the next request, and ends the
 * watching.
 */
final class Departure {
    private final HttpServerConnection connection;
    private final Runnable left;

    private Departure(HttpServerConnection connection, Runnable left) {
        this.connection = connection;
        this.left = left;
    }

    /** Runs {@code left} on the connection's I/O thread, at most once; to be called on that thread. */
    static void watch(HttpServerExchange exchange, Runnable left) {
        if (exchange.getConnection() instanceof HttpServerConnection connection && connection.getExtraBytes() == null) {
            Departure departure = new Departure(connection, left);
            StreamSourceChannel source = connection.getChannel().getSourceChannel();
            source.getReadSetter().set(departure::look);
            source.resumeReads();
        }
    }

    private void look(StreamSourceChannel source) {
        PooledByteBuffer pooled = connection.getByteBufferPool().allocate();
        boolean kept = false;
        try {
            ByteBuffer buffer = pooled.getBuffer();
            int got = source.read(buffer);
            if (got > 0) {
                buffer.flip();
                kept = true;
                source.suspendReads();
                connection.ungetRequestBytes(pooled);
            } else if (got < 0) {
                source.suspendReads();
                left.run();
            }
        } catch (IOException broken) {
            source.suspendReads();
            left.run();
        } finally {
            if (!kept) {
                pooled.close();
            }
        }
    }
}
