package dev.kuar.practice.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How several streams share one WebSocket: the first byte of a message is the channel's number, or in the base64 protocols
 * its digit.
 *
 * @param name as negotiated; empty for none, which is version 1
 */
record ChannelProtocol(String name) {
    /** What exec and attach understand. */
    static final List<String> STREAMS = List.of(
            "v5.channel.k8s.io",
            "v4.channel.k8s.io",
            "v4.base64.channel.k8s.io",
            "channel.k8s.io",
            "base64.channel.k8s.io");

    /** The same over SPDY. */
    static final List<String> SPDY =
            List.of("v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io");

    /** Whether a terminal's size can be told. */
    boolean resizes() {
        return name.startsWith("v3") || tellsStatus();
    }

    boolean isBase64() {
        return name.contains("base64");
    }

    /** Whether a client may close one channel. */
    boolean closesChannels() {
        return name.startsWith("v5");
    }

    /** Whether the end is told as a Status. */
    boolean tellsStatus() {
        return name.startsWith("v4") || name.startsWith("v5");
    }

    WebSocketConnection.Message frame(int channel, byte[] data, int length) {
        if (isBase64()) {
            String text = channel + Base64.getEncoder().encodeToString(Arrays.copyOf(data, length));
            return new WebSocketConnection.Message(WebSocketConnection.TEXT, text.getBytes(StandardCharsets.US_ASCII));
        }
        byte[] payload = new byte[length + 1];
        payload[0] = (byte) channel;
        System.arraycopy(data, 0, payload, 1, length);
        return new WebSocketConnection.Message(WebSocketConnection.BINARY, payload);
    }

    /** A message of a client: its channel and what it carries; null for what is none. */
    @Nullable
    Incoming parse(byte[] payload) {
        if (payload.length == 0) {
            return null;
        }
        byte[] rest = Arrays.copyOfRange(payload, 1, payload.length);
        if (!isBase64()) {
            return new Incoming(payload[0] & 0xff, rest);
        }
        try {
            return new Incoming(payload[0] - '0', Base64.getDecoder().decode(rest));
        } catch (IllegalArgumentException damaged) {
            return null;
        }
    }

    /** What came on which channel. */
    record Incoming(int channel, byte[] data) {}
}
