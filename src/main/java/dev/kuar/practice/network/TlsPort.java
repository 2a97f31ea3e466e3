package dev.kuar.practice.network;

import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A port behind TLS whose server asks its clients for a certificate, and does without where they have none. */
public final class TlsPort implements PortService {
    private final SSLContext identity;
    private final Server server;

    /** @param identity what the server shows, and which certificates it lets pass */
    public TlsPort(SSLContext identity, Server server) {
        this.identity = identity;
        this.server = server;
    }

    /** What is behind the TLS. */
    public interface Server {
        /**
         * Begins a connection.
         *
         * @param back where answers go
         * @param certificate what the client has shown by the time that it sends its first bytes; null for nothing
         * @return where the client's bytes go
         */
        Wire accept(Wire back, Supplier<@Nullable X509Certificate> certificate);

        /** Answers clients of this process, which show no certificate. */
        HttpHandler http();
    }

    @Override
    public Wire accept(Wire back, String peer) {
        return new TlsWire(back, () -> identity, true, server::accept);
    }

    @Override
    public HttpHandler http() {
        return server.http();
    }

    @Override
    public boolean tls() {
        return true;
    }
}
