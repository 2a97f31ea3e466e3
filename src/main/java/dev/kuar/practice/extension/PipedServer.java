package dev.kuar.practice.extension;

import dev.kuar.practice.http.PipedFront;
import dev.kuar.practice.network.HttpExchange;
import dev.kuar.practice.network.HttpHandler;
import dev.kuar.practice.network.HttpResponse;
import dev.kuar.practice.network.TlsPort;
import dev.kuar.practice.network.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lays simulated connections to the pipes of a front: a thread for each carries what the server says. */
final class PipedServer implements TlsPort.Server {
    private static final int PIECE = 16 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ExtensionHost host;
    private final EtcdBackend backend;

    PipedServer(ExtensionHost host, EtcdBackend backend) {
        this.host = host;
        this.backend = backend;
    }

    @Override
    public Wire accept(Wire back, Supplier<@Nullable X509Certificate> certificate) {
        PipedFront.Link link;
        try {
            link = backend.front().connect(certificate);
        } catch (IOException ended) {
            return new Nobody(back);
        }
        host.execute(() -> carry(link, back));
        return new Sender(link);
    }

    private static void carry(PipedFront.Link link, Wire back) {
        try (link) {
            InputStream in = link.in();
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                back.send(Arrays.copyOf(piece, n));
            }
        } catch (IOException gone) {
            // The end of the connection is all that there is to say.
            link.close();
        } finally {
            back.end();
        }
    }

    @Override
    public HttpHandler http() {
        return request -> {
            HttpExchange exchange = new HttpExchange(request.header("Host"));
            try (PipedFront.Link link = backend.front().connect(() -> null)) {
                host.clock().after(LIMIT, link::close);
                exchange.write(request, link.out());
                return exchange.read(request.method(), link.in());
            } catch (IOException ended) {
                return HttpResponse.text(0, "text/plain", "");
            }
        };
    }

    /** What the client says. */
    private record Sender(PipedFront.Link link) implements Wire {
        @Override
        public void send(byte[] bytes) {
            try {
                link.out().write(bytes);
                link.out().flush();
            } catch (IOException gone) {
                link.close();
            }
        }

        @Override
        public void end() {
            link.close();
        }
    }

    /** A connection that nobody takes. */
    private record Nobody(Wire back) implements Wire {
        @Override
        public void send(byte[] bytes) {
            back.end();
        }

        @Override
        public void end() {
            back.end();
        }
    }
}
