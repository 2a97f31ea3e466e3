package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A cluster, an administrator's token, and connections to it on which anything can be sent. */
final class HostileWire implements AutoCloseable {
    private static final List<String> MEANT = List.of("500", "503", "504");
    private static final Set<String> HELD = Set.of("01", "08");
    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int LOOKS = 300;
    private static final int PATIENCE = 120_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d{1,9})\r\n");

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

    /** Waits a while for the server to let a connection of ours go; whether it did, as Linux knows (elsewhere it is believed). */
    boolean letsGo(int ownPort) throws IOException, InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            if (!holds(ownPort)) {
                return true;
            }
            new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    /** Whether this system tells which connections there are. */
    static boolean showsConnections() {
        return Files.isReadable(CONNECTIONS.get(0));
    }

    /** Whether the server's end is established, or waits for the server to close it. */
    boolean holds(int ownPort) throws IOException {
        for (Path table : CONNECTIONS) {
            if (Files.isReadable(table)) {
                for (String line : Files.readAllLines(table)) {
                    String[] words = line.strip().split("\\s+");
                    boolean ours = words[1].endsWith(String.format(":%04X", cluster.port()))
                            && words[2].endsWith(String.format(":%04X", ownPort));
                    if (ours && HELD.contains(words[3])) {
                        return true;
                    }
                }
            }
        }
        return false;
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

    /** What is answered to a whole request, as far as it says something of what is wrong; empty where nothing is. */
    String answer(byte[] request) throws IOException {
        try (Socket socket = connect()) {
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (IOException refused) {
                return "";
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            int got = socket.getInputStream().read(buffer);
            while (got >= 0) {
                all.write(buffer, 0, got);
                String text = all.toString(StandardCharsets.ISO_8859_1);
                // A watch goes on and on; what is wrong inside is said in the body.
                boolean enough = text.length() > 12 && text.charAt(9) != '5' && text.contains("\r\n\r\n");
                if (enough || isWhole(text) || all.size() > 8192) {
                    return text;
                }
                got = socket.getInputStream().read(buffer);
            }
            return all.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** Whether an answer is there up to the length that it tells; its connection may stay open. */
    private static boolean isWhole(String text) {
        int body = text.indexOf("\r\n\r\n") + 4;
        Matcher length = LENGTH.matcher(text);
        return body > 3
                && length.find()
                && length.start() < body
                && text.length() - body >= Integer.parseInt(length.group(1));
    }

    /** Whether an answer speaks of a fault inside, or there is none. */
    static boolean isFault(String outcome, String answer) {
        boolean fault = MEANT.contains(outcome) ? answer.contains("Internal error") : outcome.startsWith("5");
        return fault || outcome.equals("no answer");
    }

    /**
     * Sends requests and looks whether the server took them, and goes on.
     *
     * @param seed what makes the same requests again
     */
    void survives(long seed, int count, IntFunction<byte[]> requests) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] request = requests.apply(i);
            String[] answer = {""};
            String outcome = outcome(() -> {
                answer[0] = answer(request);
                return answer[0].length() < 12 ? "closed" : answer[0].substring(9, 12);
            });
            if (isFault(outcome, answer[0])) {
                wrong.add("seed " + seed + ", request " + i + ": " + outcome + "\n"
                        + new String(request, StandardCharsets.ISO_8859_1) + "\n" + answer[0]);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(ask("GET /livez HTTP/1.1\r\n")).isEqualTo("200");
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
