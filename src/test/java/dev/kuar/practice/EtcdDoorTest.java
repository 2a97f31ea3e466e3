package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.etcd.Proto;
import dev.kuar.practice.etcd.StoredForm;
import dev.kuar.practice.pki.EtcdKeys;
import dev.kuar.practice.time.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets in at etcd's port: whoever shows a certificate of its authority. Whatever else comes, it goes on. */
final class EtcdDoorTest {
    private ServedEtcd served;

    @BeforeEach
    void start() throws Exception {
        served = new ServedEtcd(StoredForm.PLAIN, new ManualClock());
    }

    @AfterEach
    void end() throws Exception {
        try (GrpcWire wire = served.connect()) {
            byte[] health = wire.answer("/grpc.health.v1.Health/Check", new Proto().toBytes());
            assertThat(ProtoTree.of(health).number(1)).isEqualTo(1);
        }
        served.close();
    }

    /** What is answered to bytes over TLS; empty where the connection ends without. */
    private String say(SSLContext tls, String text) throws IOException {
        try (Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", served.server.port())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(socket.getInputStream());
        }
    }

    private static String read(InputStream in) throws IOException {
        byte[] some = new byte[4096];
        int count = in.read(some);
        return count < 0 ? "" : new String(some, 0, count, StandardCharsets.UTF_8);
    }

    @Test
    void nobody_gets_in_without_a_certificate() throws Exception {
        SSLContext none = ServedEtcd.tls("", "");
        assertThatThrownBy(() -> say(none, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void nobody_gets_in_with_the_certificate_of_another_authority() throws Exception {
        EtcdKeys others = EtcdKeys.open(Optional.empty(), List.of("x"), Instant.now());
        SSLContext foreign = ServedEtcd.tls(others.clientCertificatePem(), others.clientKeyPem());
        assertThatThrownBy(() -> say(foreign, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void plain_text_is_no_way_in() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", served.server.port())) {
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(read(socket.getInputStream())).doesNotContain("HTTP/");
        }
    }

    @Test
    void says_its_health_and_version_over_plain_http() throws Exception {
        SSLContext tls = served.tls();
        assertThat(say(tls, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("{\"health\":\"true\",\"reason\":\"\"}");
        assertThat(say(tls, "GET /version HTTP/1.1\r\nHost: x\r\n\r\n"))
                .endsWith("{\"etcdserver\":\"3.6.8\",\"etcdcluster\":\"3.6.0\",\"storage\":\"3.6.0\"}");
        assertThat(say(tls, "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("404 page not found\n");
    }

    @Test
    void a_call_over_http_1_is_refused() throws Exception {
        SSLContext tls = served.tls();
        String answer = say(
                tls,
                "POST /etcdserverpb.KV/Range HTTP/1.1\r\nHost: x\r\nContent-Type: application/grpc\r\nContent-Length: 5\r\n\r\n\0\0\0\0\0");
        assertThat(answer).startsWith("HTTP/1.1 505 ").endsWith("gRPC requires HTTP/2\n");
    }

    @Test
    void noise_ends_the_connection() throws Exception {
        SSLContext tls = served.tls();
        assertThat(say(tls, "\u0001\u0002 noise \r\n\r\n")).doesNotContain(" 200 ");
    }
}
