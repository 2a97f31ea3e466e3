package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A watch over a WebSocket: how strict its handshake is, and what its messages are. */
final class WatchSocketTest {
    private static final String WATCH =
            "GET /api/v1/namespaces/kube-system/configmaps?watch=1&timeoutSeconds=1&fieldSelector=metadata.name%3Dcoredns"
                    + " HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n";
    private static final String KEY = "Sec-WebSocket-Key: Z29sZGVuLXRyYWNlLWtleQ==\r\n";
    private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
    private static final String ORIGIN = "Origin: https://x\r\n";

    private static HostileWire wire;

    private record Message(int opcode, byte[] payload) {}

    @BeforeAll
    static void start() throws GeneralSecurityException {
        wire = new HostileWire();
    }

    @AfterAll
    static void end() {
        wire.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|400|mismatch challenge/response",
                "Sec-WebSocket-Key: AAAA~Sec-WebSocket-Version: 8|400|missing or bad WebSocket Version",
                "Sec-WebSocket-Key: AAAA~Sec-WebSocket-Version: 13|403|''",
                "Sec-WebSocket-Key: AAAA~Sec-WebSocket-Version: 13~Origin: x|403|''",
                "Sec-WebSocket-Key: AAAA~Sec-WebSocket-Version: 13~Origin: https://x~Sec-WebSocket-Protocol: a, b|400|''"
            })
    void a_bad_handshake_is_refused(String headers, String code, String body) throws IOException {
        String lines = headers.isEmpty() ? "" : headers.replace("~", "\r\n") + "\r\n";
        try (Socket socket = open(lines)) {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + code).endsWith("\r\n\r\n" + body);
        }
    }

    @Test
    void json_comes_as_text_with_its_newline_and_the_only_protocol_is_taken() throws IOException {
        try (Socket socket = open(KEY + VERSION + ORIGIN + "Sec-WebSocket-Protocol: any\r\n")) {
            assertThat(head(socket.getInputStream()))
                    .startsWith("HTTP/1.1 101")
                    .contains("Sec-WebSocket-Protocol: any\r\n");
            Message first = message(socket.getInputStream());
            assertThat(first.opcode()).isEqualTo(1);
            assertThat(new String(first.payload(), StandardCharsets.UTF_8)).endsWith("}\n");
            KubeObject event = KubeObject.of(JsonReader.readMap(first.payload()));
            assertThat(event.text("type")).isEqualTo("ADDED");
            assertThat(event.text("object", "metadata", "name")).isEqualTo("coredns");
            Message end = message(socket.getInputStream());
            assertThat(end.opcode()).isEqualTo(8);
            assertThat(end.payload()).containsExactly(0x03, 0xe8);
        }
    }

    @Test
    void a_table_comes_where_it_is_asked_for() throws IOException {
        try (Socket socket =
                open(KEY + VERSION + ORIGIN + "Accept: application/json;as=Table;v=v1;g=meta.k8s.io\r\n")) {
            head(socket.getInputStream());
            KubeObject event = KubeObject.of(
                    JsonReader.readMap(message(socket.getInputStream()).payload()));
            assertThat(event.text("object", "kind")).isEqualTo("Table");
        }
    }

    @Test
    void protobuf_comes_as_binary_without_a_length_of_its_own() throws IOException {
        try (Socket socket = open(KEY + VERSION + ORIGIN + "Accept: application/vnd.kubernetes.protobuf\r\n")) {
            head(socket.getInputStream());
            Message first = message(socket.getInputStream());
            assertThat(first.opcode()).isEqualTo(2);
            assertThat(new String(first.payload(), StandardCharsets.ISO_8859_1)).startsWith("\n\u0005ADDED");
        }
    }

    private static Socket open(String headers) throws IOException {
        Socket socket = wire.connect();
        socket.getOutputStream().write(HostileWire.bytes(WATCH + wire.token() + headers + "\r\n"));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static Message message(InputStream in) throws IOException {
        int opcode = in.read() & 0xf;
        int length = in.read();
        if (length == 126) {
            length = in.read() << 8 | in.read();
        }
        return new Message(opcode, in.readNBytes(length));
    }
}
