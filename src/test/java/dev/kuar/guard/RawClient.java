package dev.kuar.guard;

import dev.kuar.kube.Kubeconfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client that sends bytes as they are, to the server and with the token of a context. */
record RawClient(URI server, SSLContext tls, String token) {
    record Reply(int status, String body) {}

    static RawClient of(Kubeconfig config, String context) throws IOException {
        Map<String, Object> body = config.find("contexts", context).orElseThrow();
        Map<String, Object> cluster =
                config.find("clusters", String.valueOf(body.get("cluster"))).orElseThrow();
        Map<String, Object> user =
                config.find("users", String.valueOf(body.get("user"))).orElseThrow();
        return new RawClient(
                URI.create(String.valueOf(cluster.get("server"))),
                trusting(Base64.getDecoder().decode(String.valueOf(cluster.get("certificate-authority-data")))),
                String.valueOf(user.get("token")));
    }

    RawClient as(String otherToken) {
        return new RawClient(server, tls, otherToken);
    }

    Reply send(String method, String path, String headers, String body) throws IOException {
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        return sendRaw(
                method + " " + server.getPath() + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n" + length
                        + headers,
                body);
    }

    /** {@code head} without its last, empty line. */
    Reply sendRaw(String head, String body) throws IOException {
        String bearer = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
        String close = head.contains("Connection:") ? "" : "Connection: close\r\n";
        return sendBytes(head + bearer + close + "\r\n" + body);
    }

    Reply sendBytes(String all) throws IOException {
        try (Socket socket = tls.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(all.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            return new Reply(Integer.parseInt(text.split(" ", 3)[1]), end < 0 ? "" : text.substring(end + 4));
        }
    }

    Stream stream(String path) throws IOException {
        Socket socket = tls.getSocketFactory().createSocket(server.getHost(), server.getPort());
        socket.getOutputStream()
                .write(("GET " + server.getPath() + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return new Stream(socket);
    }

    /** What comes on a connection that stays open. */
    record Stream(Socket socket) implements AutoCloseable {
        /** All that came until {@code text}. */
        String until(String text) throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder all = new StringBuilder();
            while (all.indexOf(text) < 0) {
                int c = in.read();
                if (c < 0) {
                    throw new IOException("ended after: " + all);
                }
                all.append((char) c);
            }
            return all.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static SSLContext trusting(byte[] pem) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
