package dev.kuar.practice;

import io.undertow.protocols.http2.HpackDecoder;
import io.undertow.protocols.http2.HpackException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A small gRPC client over a connection of its own, which shows what comes and can withhold what flow control asks of it. */
final class GrpcWire implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 5;
    private static final int INITIAL_WINDOW = 65_535;
    private static final int PIECE = 16_384;
    private static final byte[] NOTHING = new byte[0];

    private final SSLSocket socket;
    private final DataOutputStream out;
    private final HpackDecoder headers = new HpackDecoder(4096);
    private final Map<Integer, Call> calls = new ConcurrentHashMap<>();
    private final Semaphore window = new Semaphore(INITIAL_WINDOW);
    private int next = 1;

    GrpcWire(SSLContext tls, int port) throws IOException {
        socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        frame(4, 0, 0, NOTHING);
        Thread reader = new Thread(this::read, "grpc-wire");
        reader.setDaemon(true);
        reader.start();
    }

    private synchronized void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                Call call = calls.get(stream);
                if (type == 0 && call != null) {
                    call.data(payload);
                } else if (type == 1 && call != null) {
                    call.head(payload, (flags & 1) != 0);
                } else if (type == 3 && call != null) {
                    call.end(Map.of("reset", "yes"));
                } else if (type == 8 && stream == 0) {
                    window.release(ByteBuffer.wrap(payload).getInt());
                } else if (type == 8 && call != null) {
                    call.room.release(ByteBuffer.wrap(payload).getInt());
                } else if (type == 4 && (flags & 1) == 0) {
                    frame(4, 1, 0, NOTHING);
                } else if (type == 6 && (flags & 1) == 0) {
                    frame(6, 1, 0, payload);
                }
            }
        } catch (IOException ended) {
            calls.values().forEach(call -> call.end(Map.of("closed", "yes")));
        }
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            while (rest >= 128) {
                block.write(rest & 127 | 128);
                rest >>= 7;
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** Opens a call of a method, {@code /service/name}; {@code more} are further headers. */
    synchronized Call open(String path, Map<String, String> more) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(":method", "POST");
        all.put(":scheme", "https");
        all.put(":path", path);
        all.put(":authority", "127.0.0.1");
        all.put("content-type", "application/grpc");
        all.put("te", "trailers");
        all.putAll(more);
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        all.forEach((name, value) -> {
            block.write(0);
            text(block, name);
            text(block, value);
        });
        Call call = new Call(next);
        calls.put(next, call);
        frame(1, 4, next, block.toByteArray());
        next += 2;
        return call;
    }

    Call open(String path) throws IOException {
        return open(path, Map.of());
    }

    /** The trailers of a call with one message. */
    Map<String, String> ask(String path, byte[] message) throws Exception {
        Call call = open(path);
        call.send(message);
        call.halfClose();
        return call.trailers();
    }

    /** The answer of a call with one message. */
    byte[] answer(String path, byte[] message) throws Exception {
        Call call = open(path);
        call.send(message);
        call.halfClose();
        byte[] answer = call.next();
        call.trailers();
        return answer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** One call. */
    final class Call {
        private final int stream;
        private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Map<String, String>> trailers = new CompletableFuture<>();
        private final Map<String, String> seen = new LinkedHashMap<>();
        private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
        private final Semaphore room = new Semaphore(INITIAL_WINDOW);
        private volatile boolean reading = true;
        private int withheld;
        private int wanted = 5;

        private Call(int stream) {
            this.stream = stream;
        }

        private void data(byte[] payload) throws IOException {
            raw.writeBytes(payload);
            if (raw.size() >= wanted) {
                cut(raw.toByteArray());
            }
            if (payload.length > 0 && reading) {
                window(payload.length);
            } else {
                withheld += payload.length;
            }
        }

        private void cut(byte[] all) {
            int at = 0;
            wanted = 5;
            while (all.length - at >= wanted) {
                int length = ByteBuffer.wrap(all, at + 1, 4).getInt();
                if (all.length - at - 5 < length) {
                    wanted = 5 + length;
                    break;
                }
                messages.add(Arrays.copyOfRange(all, at + 5, at + 5 + length));
                at += 5 + length;
            }
            raw.reset();
            raw.write(all, at, all.length - at);
        }

        private void window(int size) throws IOException {
            byte[] update = ByteBuffer.allocate(4).putInt(size).array();
            frame(8, 0, stream, update);
            frame(8, 0, 0, update);
        }

        /** Gives no room to what comes until {@link #readOn}. */
        void stopReading() {
            reading = false;
        }

        void readOn() throws IOException {
            reading = true;
            if (withheld > 0) {
                // A window that grows by nothing is an error, and nothing may have come so far.
                window(withheld);
            }
        }

        private void head(byte[] block, boolean last) throws IOException {
            headers.setHeaderEmitter((name, value, never) -> seen.put(name.toString(), value));
            try {
                headers.decode(ByteBuffer.wrap(block), false);
            } catch (HpackException broken) {
                throw new IOException(broken);
            }
            if (last) {
                end(Map.copyOf(seen));
            }
        }

        private void end(Map<String, String> how) {
            trailers.complete(how);
            messages.add(NOTHING);
        }

        void send(byte[] message) throws IOException {
            sendRaw(ByteBuffer.allocate(5 + message.length)
                    .put((byte) 0)
                    .putInt(message.length)
                    .put(message)
                    .array());
        }

        /** As much as flow control lets through before the call ends. */
        void sendRaw(byte[] bytes) throws IOException {
            for (int at = 0; at < bytes.length; at += PIECE) {
                int size = Math.min(bytes.length - at, PIECE);
                if (!take(room, size) || !take(window, size)) {
                    return;
                }
                frame(0, 0, stream, Arrays.copyOfRange(bytes, at, at + size));
            }
        }

        private boolean take(Semaphore from, int size) throws IOException {
            try {
                while (!from.tryAcquire(size, 20, TimeUnit.MILLISECONDS)) {
                    if (trailers.isDone()) {
                        return false;
                    }
                }
                return true;
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        }

        void halfClose() throws IOException {
            frame(0, 1, stream, NOTHING);
        }

        /** The next message; empty where the call ended before. */
        byte[] next() throws InterruptedException {
            byte[] message = messages.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
            if (message == null) {
                throw new IllegalStateException("no message came");
            }
            return message;
        }

        Map<String, String> trailers() throws Exception {
            return trailers.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        }
    }
}
