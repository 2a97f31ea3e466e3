package dev.kuar.practice.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.pki.ClusterPki;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

final class TlsWireTest {
    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final Wire back = new Wire() {
        @Override
        public void send(byte[] bytes) {
            answers.add(bytes);
        }

        @Override
        public void end() {}
    };
    private final HttpService service = HttpService.secure(
            request -> HttpResponse.text(200, "text/plain", request.path() + " ".repeat(40_000) + "end"),
            () -> ClusterPki.selfSigned("localhost", Clock.systemUTC().instant()));

    @Test
    void speaks_tls_with_a_certificate_of_its_own() throws Exception {
        SSLEngine client = client();
        Wire wire = service.accept(back, "127.0.0.1");

        String answer = talk(client, wire, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\n\r\n/hello ")
                .endsWith("end");
        assertThat(((X509Certificate) client.getSession().getPeerCertificates()[0])
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=localhost");
    }

    @Test
    void tells_who_speaks_plain_http_so() {
        Wire wire = service.accept(back, "127.0.0.1");

        wire.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(new String(answers.getFirst(), StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.0 400 Bad Request")
                .endsWith("Client sent an HTTP request to an HTTPS server.\n");
    }

    private static SSLEngine client() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.beginHandshake();
        return engine;
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Drives the client's side by hand, a byte at a time towards the server: it must not matter how bytes are cut. */
    private String talk(SSLEngine client, Wire wire, String request) throws Exception {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.allocate(0);
        boolean sent = false;
        while (true) {
            HandshakeStatus status = client.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                client.getDelegatedTask().run();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                wrap(client, ByteBuffer.allocate(0), wire);
            } else if (status == HandshakeStatus.NOT_HANDSHAKING && !sent) {
                sent = true;
                wrap(client, ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)), wire);
            } else {
                ByteBuffer out = ByteBuffer.allocate(1 << 16);
                SSLEngineResult result = client.unwrap(in, out);
                plain.write(out.array(), 0, out.position());
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                    if (answers.isEmpty()) {
                        return plain.toString(StandardCharsets.UTF_8);
                    }
                    byte[] more = answers.poll();
                    ByteBuffer joined = ByteBuffer.allocate(in.remaining() + more.length);
                    joined.put(in).put(more).flip();
                    in = joined;
                }
            }
        }
    }

    private static void wrap(SSLEngine client, ByteBuffer data, Wire wire) throws Exception {
        ByteBuffer out = ByteBuffer.allocate(1 << 16);
        client.wrap(data, out);
        for (int i = 0; i < out.position(); i++) {
            wire.send(new byte[] {out.get(i)});
        }
    }
}
