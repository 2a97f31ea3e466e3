package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A cluster, an administrator's token, and connections to it on which anything can be sent. */
final class HostileWire implements AutoCloseable {
    private static final int PATIENCE = 120_000;

    private final PracticeCluster cluster;
    private final SSLContext tls;
    private final String token;

    /** One way to be hostile; says how the server took it. */
    interface Attack {
        String run() throws IOException;
    }

    HostileWire() throws GeneralSecurityException {
        cluster = PracticeCluster.start(new ClusterSpec(
                "my-cluster", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
        tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new TrustsAnybody()}, null);
        ApiClient client = cluster.client("test");
        KubeObject account = KubeObject.create("v1", "ServiceAccount", "default", "hostile");
        client.create(GroupResource.core("serviceaccounts"), "default", account);
        KubeObject binding = KubeObject.create("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "", "hostile");
        binding.set(
                Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", "ClusterRole", "name", "cluster-admin"),
                "roleRef");
        binding.set(List.of(Map.of("kind", "ServiceAccount", "name", "hostile", "namespace", "default")), "subjects");
        client.create(GroupResource.of("rbac.authorization.k8s.io", "clusterrolebindings"), "", binding);
        KubeObject issued = client.createSubresource(
                GroupResource.core("serviceaccounts"),
                "default",
                "hostile",
                "token",
                KubeObject.create("authentication.k8s.io/v1", "TokenRequest", "default", "hostile"));
        token = "Authorization: Bearer " + issued.text("status", "token") + "\r\n";
        assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
    }

    PracticeCluster cluster() {
        return cluster;
    }

    /** A header line. */
    String token() {
        return token;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** {@code closed}, {@code no answer}, or what the attack says itself. */
    static String outcome(Attack attack) {
        try {
            return attack.run();
        } catch (SocketTimeoutException silent) {
            return "no answer";
        } catch (IOException ended) {
            return "closed";
        }
    }

    Socket plain() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), cluster.port());
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    Socket connect() throws IOException {
        Socket socket = tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), cluster.port());
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    /** One that has agreed on HTTP/2. */
    SSLSocket connectHttp2() throws IOException {
        SSLSocket socket = (SSLSocket) connect();
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        return socket;
    }

    /** Request line and headers with the token; no body. */
    String ask(String line) throws IOException {
        return raw(bytes(line + "Host: x\r\n" + token + "\r\n"));
    }

    String raw(byte[] request) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request);
                out.flush();
            } catch (IOException refused) {
                return "closed";
            }
            return status(socket.getInputStream());
        }
    }

    /** The status of the answer; {@code closed} where there is none. */
    static String status(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.length() < 12 ? "closed" : head.substring(9, 12);
    }

    @Override
    public void close() {
        cluster.close();
    }

    /** For a test that asks nothing about identity. */
    static final class TrustsAnybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
