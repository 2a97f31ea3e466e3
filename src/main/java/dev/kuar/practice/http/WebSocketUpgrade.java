package dev.kuar.practice.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The opening handshake of a WebSocket. Source: RFC 6455, section 4. */
final class WebSocketUpgrade {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketUpgrade() {}

    static boolean isAskedFor(Call call) {
        return call.header("Upgrade").toLowerCase(Locale.ROOT).contains("websocket")
                && call.header("Connection").toLowerCase(Locale.ROOT).contains("upgrade");
    }

    /** The protocols that the client offers, in its order. */
    static List<String> offered(Call call) {
        List<String> offered = new ArrayList<>();
        for (String protocol :
                String.join(",", call.headers("Sec-WebSocket-Protocol")).split(",", -1)) {
            if (!protocol.isBlank()) {
                offered.add(protocol.trim());
            }
        }
        return offered;
    }

    /** The proof that the server understood the key. */
    static String accept(Call call) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((call.header("Sec-WebSocket-Key").trim() + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this JDK has no SHA-1", missing);
        }
    }
}
