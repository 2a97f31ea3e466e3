package dev.kuar.practice.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a TLS connection, laid around a plain one; works where the bytes arrive, without a thread.
 *
 * <p>Somebody who speaks plain HTTP to it is told so in plain HTTP, as Go's servers do.
 */
final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Wire back;
    private final Supplier<SSLContext> context;
    private final boolean asks;
    private final Wire plain;
    private byte[] pending = new byte[0];
    private @Nullable SSLEngine engine;
    private boolean over;

    /** @param inner makes what takes the decrypted bytes, given where its answers go */
    TlsWire(Wire back, Supplier<SSLContext> context, Function<Wire, Wire> inner) {
        this(back, context, false, (plain, peer) -> inner.apply(plain));
    }

    /**
     * @param asks whether the client is asked for a certificate, which its context judges
     * @param inner the same, given also what tells the certificate that the client has shown
     */
    TlsWire(
            Wire back,
            Supplier<SSLContext> context,
            boolean asks,
            BiFunction<Wire, Supplier<@Nullable X509Certificate>, Wire> inner) {
        this.back = back;
        this.context = context;
        this.asks = asks;
        this.plain = inner.apply(new Answers(), this::peer);
    }

    @Override
    public synchronized void send(byte[] bytes) {
        if (over) {
            return;
        }
        byte[] joined = java.util.Arrays.copyOf(pending, pending.length + bytes.length);
        System.arraycopy(bytes, 0, joined, pending.length, bytes.length);
        pending = joined;
        if (engine == null && pending.length > 0 && pending[0] >= 'A' && pending[0] <= 'z') {
            over = true;
            back.send("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"
                    .getBytes(StandardCharsets.US_ASCII));
            back.end();
            return;
        }
        try {
            unwrap(engine());
        } catch (SSLException broken) {
            flushAlert();
            over = true;
            plain.end();
            back.end();
        }
    }

    /** What the client has shown; null for nothing, or nothing yet. */
    private @Nullable X509Certificate peer() {
        SSLEngine tls;
        synchronized (this) {
            tls = engine;
        }
        try {
            return tls != null && tls.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? certificate
                    : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    private SSLEngine engine() throws SSLException {
        SSLEngine known = engine;
        if (known == null) {
            known = context.get().createSSLEngine();
            known.setUseClientMode(false);
            known.setWantClientAuth(asks);
            known.beginHandshake();
            engine = known;
        }
        return known;
    }

    private void unwrap(SSLEngine tls) throws SSLException {
        ByteBuffer in = ByteBuffer.wrap(pending);
        while (!over) {
            switch (tls.getHandshakeStatus()) {
                case NEED_TASK -> tls.getDelegatedTask().run();
                case NEED_WRAP -> wrap(tls, NOTHING);
                default -> {
                    ByteBuffer out = ByteBuffer.allocate(tls.getSession().getApplicationBufferSize());
                    SSLEngineResult result = tls.unwrap(in, out);
                    pass(out);
                    if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                        finish(tls);
                    } else if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW
                            || result.bytesConsumed() == 0
                                    && result.bytesProduced() == 0
                                    && tls.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING) {
                        keep(in);
                        return;
                    }
                }
            }
        }
        keep(in);
    }

    private void keep(ByteBuffer in) {
        pending = new byte[in.remaining()];
        in.get(pending);
    }

    private void pass(ByteBuffer out) {
        out.flip();
        if (out.hasRemaining()) {
            byte[] bytes = new byte[out.remaining()];
            out.get(bytes);
            plain.send(bytes);
        }
    }

    private void wrap(SSLEngine tls, ByteBuffer data) throws SSLException {
        do {
            ByteBuffer out = ByteBuffer.allocate(tls.getSession().getPacketBufferSize());
            SSLEngineResult result = tls.wrap(data, out);
            out.flip();
            if (out.hasRemaining()) {
                byte[] bytes = new byte[out.remaining()];
                out.get(bytes);
                back.send(bytes);
            }
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                return;
            }
        } while (data.hasRemaining());
    }

    private void finish(SSLEngine tls) throws SSLException {
        if (over) {
            return;
        }
        over = true;
        tls.closeOutbound();
        wrap(tls, NOTHING);
        plain.end();
        back.end();
    }

    private void flushAlert() {
        SSLEngine tls = engine;
        try {
            if (tls != null) {
                wrap(tls, NOTHING);
            }
        } catch (SSLException alreadyBroken) {
            over = true;
        }
    }

    @Override
    public synchronized void end() {
        if (!over) {
            over = true;
            plain.end();
            back.end();
        }
    }

    /** Encrypts what the plain side says. */
    private final class Answers implements Wire {
        @Override
        public void send(byte[] bytes) {
            synchronized (TlsWire.this) {
                SSLEngine tls = engine;
                if (over || tls == null) {
                    return;
                }
                try {
                    wrap(tls, ByteBuffer.wrap(bytes));
                } catch (SSLException broken) {
                    over = true;
                    back.end();
                }
            }
        }

        @Override
        public void end() {
            synchronized (TlsWire.this) {
                SSLEngine tls = engine;
                if (over || tls == null) {
                    return;
                }
                over = true;
                tls.closeOutbound();
                try {
                    wrap(tls, NOTHING);
                } catch (SSLException broken) {
                    back.end();
                    return;
                }
                back.end();
            }
        }
    }
}
