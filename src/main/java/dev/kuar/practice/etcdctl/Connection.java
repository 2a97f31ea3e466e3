package dev.kuar.practice.etcdctl;

import dev.kuar.practice.object.GoDuration;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way from etcdctl to its etcd: files of keys, TLS, the address; worded as the client words what goes wrong. */
final class Connection {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final String UNKNOWN_AUTHORITY =
            "transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority";
    private static final Set<String> VOUCHED =
            Set.of("etcd/server", "etcd/peer", "etcd/healthcheck-client", "apiserver-etcd-client");

    private final Host host;
    private final Line line;

    Connection(Host host, Line line) {
        this.host = host;
        this.line = line;
    }

    static String stamp(Host host) {
        return STAMP.format(host.now());
    }

    static String warning(Host host, String endpoint, String logger, String method, String error) {
        boolean modern = !host.version().startsWith("3.5");
        return "{\"level\":\"warn\",\"ts\":\"" + stamp(host) + "\",\"logger\":\"" + logger + "\",\"caller\":\"v3@v"
                + host.version()
                + "/retry_interceptor.go:" + (modern ? 65 : 63)
                + "\",\"msg\":\"retrying of unary invoker failed\",\"target\":\"etcd-endpoints://0x"
                + Integer.toHexString(System.identityHashCode(host)) + "000/" + endpoint.replaceFirst("https?://", "")
                + (modern ? "\",\"method\":\"/etcdserverpb." + method : "") + "\",\"attempt\":0,\"error\":\""
                + error.replace("\"", "\\\"") + "\"}\n";
    }

    /** Reads the files that the flags name. */
    void prepare() throws Refusal {
        boolean cert = line.has("cert");
        if (cert != line.has("key")) {
            throw Refusal.arguments("KeyFile and CertFile must both be present[key: " + line.text("key", "")
                    + ", cert: " + line.text("cert", "") + "]");
        }
        String authority = read("cacert");
        String certificate = read("cert");
        String key = read("key");
        if (line.has("cacert") && !authority.contains("-----BEGIN CERTIFICATE")) {
            // Go's client takes an empty pool then, and the handshake fails.
            return;
        }
        if (cert) {
            if (!certificate.contains("-----BEGIN CERTIFICATE")) {
                throw Refusal.arguments("tls: failed to find any PEM data in certificate input");
            }
            if (!key.contains("PRIVATE KEY-----")) {
                throw Refusal.arguments("tls: failed to find any PEM data in key input");
            }
            if (!owner(certificate).equals(owner(key))) {
                throw Refusal.arguments("tls: private key does not match public key");
            }
        }
    }

    private String read(String flag) throws Refusal {
        String path = line.text(flag, "");
        if (path.isEmpty()) {
            return "";
        }
        Optional<String> text = host.file(path);
        if (text.isEmpty()) {
            throw Refusal.arguments("open " + path + ": " + host.refusal(path));
        }
        return text.get();
    }

    /** Whose a file of practice is: it is said in its body. */
    private static String owner(String pem) {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            String said =
                    new String(java.util.Base64.getDecoder().decode(body), java.nio.charset.StandardCharsets.UTF_8);
            return said.replaceFirst("^practice [A-Z ]+ of ", "").replaceFirst("\\. .*", "");
        } catch (IllegalArgumentException foreign) {
            return pem;
        }
    }

    /** Whether the etcd beside it listens without TLS: it was told so, or nothing at all. */
    private boolean isPlain() {
        List<String> server = host.server();
        int listens = server.indexOf("--listen-client-urls");
        String urls = listens >= 0 && listens + 1 < server.size()
                ? server.get(listens + 1)
                : server.stream()
                        .filter(each -> each.startsWith("--listen-client-urls="))
                        .map(each -> each.substring(each.indexOf('=') + 1))
                        .findFirst()
                        .orElse("");
        return urls.startsWith("http://") || server.size() == 1 && server.get(0).endsWith("etcd");
    }

    /** Why an endpoint does not answer; null where it does. */
    @Nullable
    String failure(String endpoint) {
        String at = endpoint.replaceFirst("^https?://", "");
        List<String> here = List.of("127.0.0.1:2379", "localhost:2379", "[::1]:2379", host.ip() + ":2379");
        String loopback = at.replaceFirst("^localhost:", "127.0.0.1:");
        if (!here.contains(at)) {
            return loopback.matches("[\\d.]+:\\d+")
                    ? "transport: Error while dialing: dial tcp " + loopback + ": connect: connection refused"
                    : "";
        }
        boolean tls = !endpoint.startsWith("http://")
                && (line.has("cacert") || line.has("cert") || endpoint.startsWith("https://"));
        if (isPlain()) {
            return tls
                    ? "transport: authentication handshake failed: tls: first record does not look like a TLS handshake"
                    : null;
        }
        if (!tls) {
            return "error reading server preface: EOF";
        }
        boolean trusts = line.has("cacert")
                ? owner(host.file(line.text("cacert", "")).orElse("")).equals("etcd/ca")
                : line.has("insecure-skip-tls-verify");
        if (!trusts) {
            return UNKNOWN_AUTHORITY;
        }
        if (!line.has("cert")) {
            return "error reading server preface: remote error: tls: certificate required";
        }
        return VOUCHED.contains(owner(host.file(line.text("cert", "")).orElse("")))
                ? null
                : "error reading server preface: remote error: tls: unknown certificate authority";
    }

    /** Waits as long as the client would, and logs why. */
    void timeOut(String endpoint, String logger, String method, String why) throws IOException, InterruptedException {
        host.pause(GoDuration.find(line.text("command-timeout", "")).orElse(USUAL_TIMEOUT));
        String reason = why.isEmpty()
                ? "context deadline exceeded"
                : "latest balancer error: connection error: desc = \"" + why + "\"";
        host.error(warning(host, endpoint, logger, method, "rpc error: code = DeadlineExceeded desc = " + reason));
    }

    /** The first endpoint that answers counts; with none the command fails. */
    void dial(String method) throws IOException, InterruptedException, Refusal {
        String first = line.endpoints().get(0);
        String why = "";
        for (String endpoint : line.endpoints()) {
            String failed = failure(endpoint);
            if (failed == null) {
                return;
            }
            why = failed;
        }
        timeOut(first, "etcd-client", method, why);
        throw new Refusal(Refusal.ERROR, "context deadline exceeded");
    }
}
