package dev.kuar.kubectl.rest;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A WebSocket to an API server (RFC 6455, client side): binary messages, pings answered. */
public final class WebSocket implements Closeable {
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MOST = 64 << 20;

    private final Answer answer;
    private final DataInputStream in;
    private final OutputStream out;
    private final Random masks = new Random();
    private boolean closing;

    private WebSocket(Answer answer) throws IOException {
        this.answer = answer;
        this.in = new DataInputStream(answer.body());
        this.out = answer.connection().output();
        answer.connection().timeout(0);
    }

    static WebSocket open(RestClient client, String path, List<String> protocols) {
        Map<String, String> headers = new LinkedHashMap<>();
        byte[] key = new byte[16];
        new Random().nextBytes(key);
        headers.put("Connection", "Upgrade");
        headers.put("Upgrade", "websocket");
        headers.put("Sec-WebSocket-Version", "13");
        headers.put("Sec-WebSocket-Key", Base64.getEncoder().encodeToString(key));
        headers.put("Sec-WebSocket-Protocol", String.join(", ", protocols));
        Answer answer = client.exchange("GET", path, headers, null, 0);
        if (answer.status() != 101) {
            throw Refusal.of(answer);
        }
        try {
            return new WebSocket(answer);
        } catch (IOException failure) {
            throw Failure.error(String.valueOf(failure.getMessage()), failure);
        }
    }

    /** The sub-protocol that the server chose; empty for none. */
    public String protocol() {
        return answer.header("Sec-WebSocket-Protocol");
    }

    /** The next binary or text message; empty when the other side closed. */
    public Optional<byte[]> receive() throws IOException {
        byte[] message = new byte[0];
        while (true) {
            int first;
            try {
                first = in.readUnsignedByte();
            } catch (EOFException ended) {
                return Optional.empty();
            }
            byte[] payload = payload(in.readUnsignedByte() & 0x7f);
            int kind = first & 0x0f;
            if (kind == CLOSE) {
                sendClose();
                return Optional.empty();
            } else if (kind == PING) {
                frame(PONG, payload);
            } else if (kind == BINARY || kind == 1 || kind == CONTINUATION) {
                int before = kind == CONTINUATION ? message.length : 0;
                message = Arrays.copyOf(message, before + payload.length);
                System.arraycopy(payload, 0, message, before, payload.length);
                if ((first & 0x80) != 0) {
                    return Optional.of(message);
                }
            }
        }
    }

    private byte[] payload(int shortLength) throws IOException {
        long length = shortLength == 126 ? in.readUnsignedShort() : shortLength == 127 ? in.readLong() : shortLength;
        if (length < 0 || length > MOST) {
            throw new IOException("websocket: message too big");
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return payload;
    }

    /** Sends {@code data} behind a channel number. */
    public void send(int channel, byte[] data, int length) throws IOException {
        byte[] message = new byte[length + 1];
        message[0] = (byte) channel;
        System.arraycopy(data, 0, message, 1, length);
        frame(BINARY, message);
    }

    private synchronized void frame(int kind, byte[] payload) throws IOException {
        byte[] mask = new byte[4];
        masks.nextBytes(mask);
        out.write(0x80 | kind);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 65536) {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        out.write(mask);
        byte[] masked = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            masked[i] = (byte) (payload[i] ^ mask[i & 3]);
        }
        out.write(masked);
        out.flush();
    }

    private synchronized void sendClose() throws IOException {
        if (!closing) {
            closing = true;
            frame(CLOSE, new byte[] {0x03, (byte) 0xe8});
        }
    }

    @Override
    public void close() throws IOException {
        try {
            sendClose();
        } catch (IOException gone) {
            closing = true;
        }
        answer.connection().close();
    }
}
