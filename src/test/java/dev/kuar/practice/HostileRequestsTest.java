package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sends what no client should: each request gets a 4xx or a closed connection, and the server goes on.
 *
 * <p>A sample by default, 1,000 with {@code -Dkuar.all=true}; {@code -Dkuar.seed=N} replays a run.
 */
final class HostileRequestsTest {
    private static final int ALL = 1_000;
    private static final int POOLED = 60;
    private static final long ROOM = 256L << 20;
    private static final int SAMPLE = 75;
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private static HostileWire wire;

    private final long seed = Long.getLong("kuar.seed", 20260901L);
    private final Random random = new Random(seed);
    private final List<Socket> held = new ArrayList<>();

    @BeforeAll
    static void start() throws GeneralSecurityException {
        wire = new HostileWire();
    }

    @AfterAll
    static void end() {
        wire.close();
    }

    @Test
    void every_hostile_request_is_refused_and_the_server_goes_on() throws IOException {
        // Given
        Map<String, HostileWire.Attack> attacks = new TreeMap<>(Map.ofEntries(
                Map.entry(
                        "malformed JSON",
                        () -> post("application/json", cut("{\"metadata\":{\"name\":\"x\"},\"data\":{\"a\":\"b\"}}"))),
                Map.entry("YAML bomb", () -> post("application/yaml", bomb())),
                Map.entry(
                        "deep nesting",
                        () -> post(
                                "application/json", HostileWire.bytes("[".repeat(100_000 + random.nextInt(100_000))))),
                Map.entry(
                        "deep nesting in YAML",
                        () -> post("application/yaml", HostileWire.bytes("a: " + "[".repeat(50_000)))),
                Map.entry("a body of 100 MB", this::huge),
                Map.entry("10,000 headers", this::headers),
                Map.entry("bad UTF-8", () -> post("application/json", badUtf8())),
                Map.entry("bad protobuf", () -> post("application/vnd.kubernetes.protobuf", protobuf())),
                Map.entry("path traversal", () -> wire.ask("GET " + traversal() + " HTTP/1.1\r\n")),
                Map.entry(
                        "a subresource out of the way",
                        () -> wire.ask("GET " + MAPS + "/x/" + traversal().substring(1) + " HTTP/1.1\r\n")),
                Map.entry("a request line of nonsense", () -> wire.raw(HostileWire.bytes(noise(40) + "\r\n\r\n"))),
                Map.entry(
                        "an endless request line",
                        () -> wire.raw(HostileWire.bytes("GET /" + "a".repeat(300_000) + " HTTP/1.1\r\n\r\n"))),
                Map.entry(
                        "two lengths",
                        () -> wire.raw(HostileWire.bytes("POST " + MAPS
                                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: x\r\n\r\nhello"))),
                Map.entry(
                        "a chunk of nonsense",
                        () -> wire.raw(
                                HostileWire.bytes(
                                        "POST " + MAPS
                                                + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"))),
                Map.entry("WebSocket frames", this::webSocket),
                Map.entry("SPDY frames", this::spdy),
                Map.entry("slow-loris", this::slowLoris),
                Map.entry("TLS garbage", this::garbage),
                Map.entry("a half-closed connection", this::halfClosed),
                Map.entry("a half-closed watch", this::halfClosedWatch),
                Map.entry("a body that never comes whole", this::slowBody),
                Map.entry("a length and chunks", () -> smuggled("Content-Length: 4\r\nTransfer-Encoding: chunked")),
                Map.entry("chunks in disguise", () -> smuggled("Transfer-Encoding: xchunked")),
                Map.entry("chunks behind a blank", () -> smuggled("Transfer-Encoding : chunked")),
                Map.entry("an endless chunk", () -> smuggled("Transfer-Encoding: chunked", "ffffffffffffffff\r\nx"))));
        List<String> names = List.copyOf(attacks.keySet());
        List<String> wrong = new ArrayList<>();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long memory = used();

        // When
        int count = Boolean.getBoolean("kuar.all") ? ALL : SAMPLE;
        for (int i = 0; i < count; i++) {
            String name = names.get(i % names.size());
            String outcome = HostileWire.outcome(attacks.get(name));
            if (!outcome.matches("closed|held|4[0-9][0-9]")) {
                wrong.add("seed " + seed + ", request " + i + " (" + name + "): " + outcome);
            }
        }

        // Then
        assertThat(wrong).isEmpty();
        assertThat(wire.ask("GET /livez HTTP/1.1\r\n")).isEqualTo("200");
        for (Socket each : held) {
            each.close();
        }
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - threads)
                .as("threads: those of a pool may have come, none a connection")
                .isLessThan(POOLED);
        assertThat(used() - memory).as("bytes").isLessThan(ROOM);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private byte[] cut(String json) {
        return HostileWire.bytes(json.substring(0, 1 + random.nextInt(json.length() - 2)));
    }

    private byte[] bomb() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [");
            yaml.append(("*a" + (i - 1) + ",").repeat(9)).append("x]\n");
        }
        return HostileWire.bytes(yaml.toString());
    }

    private byte[] badUtf8() {
        byte[] body = HostileWire.bytes("{\"metadata\":{\"name\":\"????????\"}}");
        for (int i = 21; i < 29; i++) {
            body[i] = (byte) (0x80 + random.nextInt(0x40));
        }
        return body;
    }

    private byte[] protobuf() {
        byte[] body = new byte[20 + random.nextInt(200)];
        random.nextBytes(body);
        System.arraycopy(new byte[] {'k', '8', 's', 0}, 0, body, 0, 4);
        return body;
    }

    private String traversal() {
        List<String> steps = List.of("../", "..%2f", "%2e%2e/", "%00", "..;/", "%5c..%5c", "%c0%ae%c0%ae/");
        StringBuilder path = new StringBuilder(MAPS).append('/');
        for (int i = 0; i <= random.nextInt(6); i++) {
            path.append(steps.get(random.nextInt(steps.size())));
        }
        return path.append("etc%2fpasswd").toString();
    }

    private String noise(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (33 + random.nextInt(90)));
        }
        return text.toString();
    }

    private String post(String type, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(HostileWire.bytes("POST " + MAPS + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
                + "\r\nContent-Length: " + body.length + "\r\n" + wire.token() + "\r\n"));
        request.write(body);
        return wire.raw(request.toByteArray());
    }

    private String headers() throws IOException {
        StringBuilder head = new StringBuilder("GET " + MAPS + " HTTP/1.1\r\nHost: x\r\n");
        for (int i = 0; i < 10_000; i++) {
            head.append("X-").append(i).append(": ").append(noise(8)).append("\r\n");
        }
        return wire.raw(HostileWire.bytes(head.append("\r\n").toString()));
    }

    private String huge() throws IOException {
        try (Socket socket = wire.connect()) {
            long size = 100L << 20;
            OutputStream out = socket.getOutputStream();
            out.write(HostileWire.bytes(
                    "POST " + MAPS + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + size
                            + "\r\n" + wire.token() + "\r\n"));
            byte[] piece = HostileWire.bytes("x".repeat(64 * 1024));
            try {
                for (long sent = 0; sent < size && socket.getInputStream().available() == 0; sent += piece.length) {
                    out.write(piece);
                }
            } catch (IOException refused) {
                return "closed";
            }
            return HostileWire.status(socket.getInputStream());
        }
    }

    private String webSocket() throws IOException {
        try (Socket socket = wire.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(HostileWire.bytes(
                    "GET /api/v1/namespaces/default/configmaps?watch=1&timeoutSeconds=5 HTTP/1.1\r\nHost: x\r\n"
                            + "Connection: Upgrade\r\nUpgrade: websocket\r\nOrigin: https://x\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" + wire.token() + "\r\n"));
            return afterUpgrade(socket);
        }
    }

    private String spdy() throws IOException {
        try (Socket socket = wire.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(HostileWire.bytes(
                    "POST /api/v1/namespaces/kube-system/pods/etcd-my-cluster-control-plane/exec?command=ls&stdout=1"
                            + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
                            + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\nContent-Length: 0\r\n" + wire.token()
                            + "\r\n"));
            return afterUpgrade(socket);
        }
    }

    /** Noise in the place of frames: the connection ends. */
    private String afterUpgrade(Socket socket) throws IOException {
        String status = HostileWire.status(socket.getInputStream());
        if (!status.equals("101")) {
            return status;
        }
        byte[] frames = new byte[4096];
        random.nextBytes(frames);
        socket.getOutputStream().write(frames);
        socket.getOutputStream().flush();
        socket.shutdownOutput();
        byte[] rest = new byte[4096];
        while (socket.getInputStream().read(rest) >= 0) {
            // whatever is still said
        }
        return "closed";
    }

    /** Half a request, kept open: others must not wait for it. */
    private String slowLoris() throws IOException {
        Socket socket = wire.connect();
        socket.getOutputStream().write(HostileWire.bytes("GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: " + noise(3)));
        socket.getOutputStream().flush();
        held.add(socket);
        return wire.ask("GET /livez HTTP/1.1\r\n").equals("200") ? "held" : "the others wait";
    }

    private String garbage() throws IOException {
        try (Socket socket = wire.plain()) {
            byte[] noise = new byte[64 + random.nextInt(2000)];
            random.nextBytes(noise);
            socket.getOutputStream().write(noise);
            socket.shutdownOutput();
            byte[] answer = new byte[1024];
            while (socket.getInputStream().read(answer) >= 0) {
                // an alert, perhaps
            }
            return "closed";
        }
    }

    /** The client has said all it will say; what it asked for is still its due. */
    private String halfClosed() throws IOException {
        try (Socket socket = wire.connect()) {
            socket.getOutputStream().write(HostileWire.bytes("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return HostileWire.status(socket.getInputStream()).equals("200") ? "held" : "closed";
        }
    }

    /** Nobody reads it and nobody ends it. */
    private String halfClosedWatch() throws IOException {
        Socket socket = wire.connect();
        socket.getOutputStream()
                .write(HostileWire.bytes("GET " + MAPS + "?watch=1 HTTP/1.1\r\nHost: x\r\n" + wire.token() + "\r\n"));
        socket.getOutputStream().flush();
        socket.shutdownOutput();
        held.add(socket);
        return "held";
    }

    private String slowBody() throws IOException {
        Socket socket = wire.connect();
        socket.getOutputStream()
                .write(HostileWire.bytes("POST " + MAPS + " HTTP/1.1\r\nHost: x\r\n" + wire.token()
                        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"meta"));
        socket.getOutputStream().flush();
        held.add(socket);
        return wire.ask("GET /livez HTTP/1.1\r\n").equals("200") ? "held" : "the others wait";
    }

    /** A second request where a lenient reader would see the first one's body. */
    private String smuggled(String header) throws IOException {
        return smuggled(header, "0\r\n\r\nGET /api/v1/secrets HTTP/1.1\r\nHost: x\r\n" + wire.token() + "\r\n");
    }

    private String smuggled(String header, String body) throws IOException {
        return wire.raw(HostileWire.bytes("POST " + MAPS + " HTTP/1.1\r\nHost: x\r\n" + wire.token()
                + "Content-Type: application/json\r\n" + header + "\r\n\r\n" + body));
    }
}
