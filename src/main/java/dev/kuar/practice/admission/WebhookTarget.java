package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook listens: a URL, or a Service. A Service reaches its pods, or what its endpoints name on the host: the nodes'
 * gateway (172.18.0.1 on kind) stands for this machine's loopback.
 */
public final class WebhookTarget {
    private static final GroupResource SLICES = GroupResource.of("discovery.k8s.io", "endpointslices");

    private final KubeObject config;
    private final ClusterReader reader;
    private final ServiceSockets sockets;
    private final long timeoutSeconds;

    /**
     * @param config a {@code clientConfig}
     * @param timeoutSeconds for a whole call
     */
    public WebhookTarget(KubeObject config, ClusterReader reader, ServiceSockets sockets, long timeoutSeconds) {
        this.config = config;
        this.reader = reader;
        this.sockets = sockets;
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * Posts a review and reads the answer.
     *
     * @throws IOException worded as Go's client words it
     */
    public Map<String, Object> call(byte[] review) throws IOException {
        HttpsPost post = new HttpsPost(trust(), Duration.ofSeconds(timeoutSeconds));
        String url = config.text("url");
        HttpsPost.Reply reply;
        if (url.isEmpty()) {
            reply = service(post, review);
        } else {
            URI uri = URI.create(url);
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : uri.getRawQuery() + "&";
            String full = path + "?" + query + "timeout=" + timeoutSeconds + "s";
            int port = uri.getPort() < 0 ? 443 : uri.getPort();
            reply = send(
                    () -> post.send(uri.getHost(), port, null, full, review),
                    uri.getScheme() + "://" + uri.getRawAuthority(),
                    full);
        }
        return read(reply);
    }

    private HttpsPost.Reply service(HttpsPost post, byte[] review) throws IOException {
        String namespace = config.text("service", "namespace");
        String name = config.text("service", "name");
        int port = (int) config.number(443, "service", "port");
        String path = config.text("service", "path");
        String host = name + "." + namespace + ".svc";
        String full = (path.isEmpty() ? "/" : path) + "?timeout=" + timeoutSeconds + "s";
        Optional<KubeObject> service = reader.find(GroupResource.core("services"), namespace, name);
        String base = "https://" + host + ":" + port;
        if (service.isEmpty()) {
            throw new IOException("Post \"" + base + full + "\": service \"" + name + "\" not found");
        }
        boolean served = service.get().maps("spec", "ports").stream()
                .anyMatch(each -> KubeObject.of(each).number(0, "port") == port);
        if (!served) {
            throw new IOException(
                    "Post \"" + base + full + "\": no service port " + port + " found for service \"" + name + "\"");
        }
        InetSocketAddress at = endpoint(service.get(), port);
        if (at == null) {
            Optional<Socket> pod = pod(service.get(), port, base + full);
            if (pod.isPresent()) {
                return send(() -> post.over(pod.get(), host, port, full, review), base, full);
            }
            throw new IOException("Post \"" + base + full + "\": dial tcp "
                    + service.get().text("spec", "clusterIP") + ":" + port + ": connect: connection refused");
        }
        return send(() -> post.send(host, port, at, full, review), base, full);
    }

    private Optional<Socket> pod(KubeObject service, int port, String url) throws IOException {
        try {
            return sockets.open(service, portName(service, port));
        } catch (IOException refused) {
            throw new IOException("Post \"" + url + "\": " + refused.getMessage(), refused);
        }
    }

    private static String portName(KubeObject service, int port) {
        return service.maps("spec", "ports").stream()
                .map(KubeObject::of)
                .filter(each -> each.number(0, "port") == port)
                .map(each -> each.text("name"))
                .findFirst()
                .orElse("");
    }

    /** Null where no endpoint is on this machine. */
    private @Nullable InetSocketAddress endpoint(KubeObject service, int port) throws IOException {
        String portName = portName(service, port);
        for (KubeObject slice : reader.list(SLICES, service.namespace())) {
            if (!service.name().equals(slice.labels().get("kubernetes.io/service-name"))) {
                continue;
            }
            long target = slice.maps("ports").stream()
                    .map(KubeObject::of)
                    .filter(each -> each.text("name").equals(portName))
                    .mapToLong(each -> each.number(0, "port"))
                    .findFirst()
                    .orElse(0);
            boolean here = slice.maps("endpoints").stream()
                    .flatMap(each -> KubeObject.of(each).texts("addresses").stream())
                    .anyMatch(this::isThisMachine);
            if (here && target > 0) {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) target);
            }
        }
        return null;
    }

    private boolean isThisMachine(String address) {
        return reader.list(GroupResource.core("nodes"), "").stream()
                .flatMap(node -> node.maps("status", "addresses").stream())
                .filter(each -> "InternalIP".equals(each.get("type")))
                .map(each -> String.valueOf(each.get("address")).replaceFirst("\\.[0-9]+$", ".1"))
                .anyMatch(address::equals);
    }

    private interface Exchange {
        HttpsPost.Reply run() throws IOException;
    }

    private static HttpsPost.Reply send(Exchange exchange, String base, String path) throws IOException {
        try {
            return exchange.run();
        } catch (IOException failed) {
            throw new IOException("Post \"" + base + path + "\": " + failed.getMessage(), failed);
        } catch (RuntimeException malformed) {
            throw new IOException("Post \"" + base + path + "\": malformed HTTP response", malformed);
        }
    }

    private static Map<String, Object> read(HttpsPost.Reply reply) throws IOException {
        int status = reply.status();
        String text = new String(reply.body(), StandardCharsets.UTF_8).strip();
        if (status == 404) {
            throw new IOException("the server could not find the requested resource");
        }
        if (status >= 500) {
            throw new IOException("an error on the server (\"" + text.replace("\"", "\\\"")
                    + "\") has prevented the request from succeeding");
        }
        if (status < 200 || status > 299) {
            throw new IOException("the server rejected our request for an unknown reason");
        }
        try {
            return JsonReader.readMap(reply.body());
        } catch (RuntimeException unreadable) {
            throw new IOException(
                    "couldn't get version/kind; json parse error: " + unreadable.getMessage(), unreadable);
        }
    }

    private SSLContext trust() throws IOException {
        String bundle = config.text("caBundle");
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            if (bundle.isEmpty()) {
                context.init(null, null, null);
                return context;
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            byte[] pem = Base64.getDecoder().decode(bundle);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IllegalArgumentException bad) {
            throw new IOException("unable to load root certificates: unable to parse bytes as PEM block", bad);
        }
    }
}
