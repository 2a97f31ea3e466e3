package dev.kuar.practice.http;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.channels.Channels;
import org.xnio.streams.ChannelInputStream;

/**
 * A WebSocket after its handshake, frame by frame; for threads that may block. Writers may be many, the reader is one.
 *
 * <p>Pings are answered, fragments put together, a close is answered with a close. Source: RFC 6455.
 */
final class WebSocketConnection implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WebSocketConnection.class.getName());
    static final int TEXT = 1;
    static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int LIMIT = 32 * 1024 * 1024;

    private final StreamConnection connection;
    private final InputStream in;
    private boolean closeSent;

    private WebSocketConnection(StreamConnection connection) {
        this.connection = connection;
        this.in = new BufferedInputStream(new ChannelInputStream(connection.getSourceChannel()), 16 * 1024);
    }

    /** A message; {@code payload} without the frame around it. */
    record Message(int opcode, byte[] payload) {}

    /**
     * Answers the handshake and hands the open connection to {@code session} on a thread of its own, which closes it at its end.
     *
     * @param protocol what was chosen; null leaves the header out
     */
    static void accept(Call call, @Nullable String protocol, Consumer<WebSocketConnection> session) {
        HeaderMap headers = call.exchange().getResponseHeaders();
        headers.clear();
        headers.put(Headers.UPGRADE, "websocket");
        headers.put(Headers.CONNECTION, "Upgrade");
        headers.put(Headers.SEC_WEB_SOCKET_ACCEPT, WebSocketUpgrade.accept(call));
        if (protocol != null) {
            headers.put(Headers.SEC_WEB_SOCKET_PROTOCOL, protocol);
        }
        call.record().started(101);
        call.exchange().upgradeChannel((connection, exchange) -> {
            Thread thread = new Thread(
                    () -> {
                        try (WebSocketConnection socket = new WebSocketConnection(connection)) {
                            session.accept(socket);
                        } catch (RuntimeException damaged) {
                            LOG.log(Level.FINE, "a stream broke off", damaged);
                        } finally {
                            call.record().complete();
                        }
                    },
                    "stream " + call.path());
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** The next message; null when the client has closed. */
    @Nullable
    Message read() throws IOException {
        java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
        int opcode = 0;
        while (true) {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            byte[] payload = payload();
            int kind = first & 0xf;
            if (kind == CLOSE) {
                sendClose();
                return null;
            }
            if (kind == PING) {
                frame(10, payload);
                continue;
            }
            if (kind > CLOSE) {
                continue;
            }
            opcode = kind == 0 ? opcode : kind;
            whole.writeBytes(payload);
            if (whole.size() > LIMIT) {
                throw new IOException("a message longer than " + LIMIT + " bytes");
            }
            if ((first & 0x80) != 0) {
                return new Message(opcode, whole.toByteArray());
            }
        }
    }

    /** Reads and forgets until the client closes. */
    void drain() throws IOException {
        Message message;
        do {
            message = read();
        } while (message != null);
    }

    private byte[] payload() throws IOException {
        int second = next();
        long length = second & 0x7f;
        int wide = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (wide > 0) {
            length = 0;
            for (int i = 0; i < wide; i++) {
                length = (length << 8) | next();
            }
        }
        if (length < 0 || length > LIMIT) {
            throw new IOException("a frame longer than " + LIMIT + " bytes");
        }
        byte[] mask = (second & 0x80) != 0 ? in.readNBytes(4) : new byte[4];
        byte[] payload = in.readNBytes((int) length);
        if (payload.length < length || mask.length < 4) {
            throw new EOFException("the connection broke inside a frame");
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    private int next() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the connection broke inside a frame");
        }
        return value;
    }

    /** Sends one whole message. */
    synchronized void send(int opcode, byte[] payload) throws IOException {
        if (!closeSent) {
            frame(opcode, payload);
        }
    }

    private synchronized void frame(int opcode, byte[] payload) throws IOException {
        int length = payload.length;
        ByteBuffer buffer = ByteBuffer.allocate(length + 10);
        buffer.put((byte) (0x80 | opcode));
        if (length < 126) {
            buffer.put((byte) length);
        } else if (length < 0x10000) {
            buffer.put((byte) 126).putShort((short) length);
        } else {
            buffer.put((byte) 127).putLong(length);
        }
        buffer.put(payload).flip();
        Channels.writeBlocking(connection.getSinkChannel(), buffer);
        Channels.flushBlocking(connection.getSinkChannel());
    }

    /** The normal end, with code 1000; once. */
    synchronized void sendClose() throws IOException {
        if (!closeSent) {
            frame(CLOSE, new byte[] {0x03, (byte) 0xe8});
            closeSent = true;
        }
    }

    @Override
    public void close() {
        try {
            sendClose();
        } catch (IOException gone) {
            closeSent = true;
        }
        IoUtils.safeClose(connection);
    }

    /** The first of {@code known} that the client offers; an empty text where it offers none; null where none fits. */
    static @Nullable String choose(Call call, List<String> known) {
        List<String> offered = WebSocketUpgrade.offered(call);
        if (offered.isEmpty()) {
            return "";
        }
        return offered.stream().filter(known::contains).findFirst().orElse(null);
    }
}
