package dev.kuar.practice;

import dev.kuar.practice.api.NodeConnector;
import dev.kuar.practice.http.ExtensionDialer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.pki.FrontProxyKeys;
import dev.kuar.practice.pki.ServerTrust;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Connects the aggregation layer to pods: over TLS, with the front proxy's certificate, checked as the APIService wants it. */
final class FrontProxyDialer implements ExtensionDialer {
    private static final int HANDSHAKE_MILLIS = 5_000;

    private final SocketsToPods pods;
    private final FrontProxyKeys keys;

    FrontProxyDialer(Supplier<? extends NodeConnector> nodes, FrontProxyKeys keys) {
        this.pods = new SocketsToPods(nodes);
        this.keys = keys;
    }

    @Override
    public Socket dial(KubeObject apiService, KubeObject service, String portName) throws IOException {
        Optional<Socket> plain = pods.open(service, portName);
        String host = service.name() + "." + service.namespace() + ".svc";
        int port = (int) apiService.number(443, "spec", "service", "port");
        if (plain.isEmpty()) {
            throw new IOException(
                    "dial tcp " + service.text("spec", "clusterIP") + ":" + port + ": connect: connection refused");
        }
        boolean done = false;
        try {
            plain.get().setSoTimeout(HANDSHAKE_MILLIS);
            SSLSocket socket = (SSLSocket) keys.clientContext(trust(apiService, host))
                    .getSocketFactory()
                    .createSocket(plain.get(), host, port, true);
            socket.startHandshake();
            plain.get().setSoTimeout(0);
            done = true;
            return socket;
        } catch (SSLException bad) {
            throw new IOException(words(bad), bad);
        } catch (SocketTimeoutException late) {
            throw new IOException("net/http: TLS handshake timeout", late);
        } catch (EOFException ended) {
            throw new IOException("EOF", ended);
        } finally {
            if (!done) {
                plain.get().close();
            }
        }
    }

    private static ServerTrust trust(KubeObject apiService, String host) throws IOException {
        if (apiService.flag("spec", "insecureSkipTLSVerify")) {
            return ServerTrust.blind();
        }
        try {
            byte[] bundle = Base64.getDecoder().decode(apiService.text("spec", "caBundle"));
            return ServerTrust.of(new String(bundle, StandardCharsets.US_ASCII), host);
        } catch (GeneralSecurityException | IllegalArgumentException none) {
            throw new IOException(String.valueOf(none.getMessage()), none);
        }
    }

    private static String words(SSLException bad) {
        String certificate = ServerTrust.words(bad);
        if (!certificate.isEmpty()) {
            return certificate;
        }
        String message = String.valueOf(bad.getMessage());
        if (bad.getCause() instanceof SocketTimeoutException) {
            return "net/http: TLS handshake timeout";
        }
        boolean plain = message.contains("plaintext connection") || message.contains("Unsupported or unrecognized");
        if (plain) {
            return "http: server gave HTTP response to HTTPS client";
        }
        return message.contains("terminated the handshake") ? "EOF" : "remote error: tls: " + message;
    }
}
