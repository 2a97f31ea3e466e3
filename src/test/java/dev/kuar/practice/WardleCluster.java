package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.pki.ClusterPki;
import dev.kuar.practice.pki.Pem;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A practice cluster in which the sample API server runs, asked over HTTPS. */
final class WardleCluster implements AutoCloseable {
    static final String FLUNDERS = "/apis/wardle.example.com/v1alpha1/namespaces/default/flunders";
    private static final String OPTIONS = "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\"}";
    private static final Path MANIFESTS = Path.of("src/test/resources/extension");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PracticeCluster cluster = PracticeCluster.start(
            new ClusterSpec("w", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
    private final KubernetesClient client;
    private final ClusterPki authority;

    /** Installs the server, without the rights that it needs of the cluster and without an APIService. */
    WardleCluster() throws IOException, GeneralSecurityException {
        assertThat(cluster.waitReady(PATIENCE).missing()).isEmpty();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build();
        authority = ClusterPki.open(Optional.empty(), List.of(), Instant.now());
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        Instant from = Instant.now().minus(Duration.ofMinutes(5));
        String certificate = Pem.of(authority
                .authority()
                .issue(pair.getPublic(), "", "api", List.of("api.wardle.svc"), from, from.plus(Duration.ofDays(1))));
        apply("wardle.yaml");
        send(
                "POST",
                "/api/v1/namespaces/wardle/secrets",
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"certificates\"},\"data\":{\"tls.crt\":\""
                        + base64(certificate) + "\",\"tls.key\":\"" + base64(Pem.of(pair.getPrivate())) + "\"}}");
    }

    PracticeCluster cluster() {
        return cluster;
    }

    KubernetesClient client() {
        return client;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates all that a manifest names. */
    void apply(String manifest) throws IOException {
        client.load(Files.newInputStream(MANIFESTS.resolve(manifest))).create();
    }

    /** Registers a version of the group, trusting the server's own authority or that of somebody else. */
    void register(String version, int priority, boolean rightly) {
        String bundle = base64(rightly ? authority.authorityPem() : otherAuthority());
        send(
                "POST",
                "/apis/apiregistration.k8s.io/v1/apiservices",
                "{\"apiVersion\":\"apiregistration.k8s.io/v1\",\"kind\":\"APIService\",\"metadata\":{\"name\":\""
                        + version
                        + ".wardle.example.com\"},\"spec\":{\"group\":\"wardle.example.com\",\"version\":\"" + version
                        + "\",\"groupPriorityMinimum\":2000,\"versionPriority\":" + priority
                        + ",\"service\":{\"namespace\":\"wardle\",\"name\":\"api\",\"port\":7443},\"caBundle\":\""
                        + bundle
                        + "\"}}");
    }

    private static String otherAuthority() {
        try {
            return ClusterPki.open(Optional.empty(), List.of(), Instant.now()).authorityPem();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** What is answered, a refusal too. */
    String send(String method, String path, String body) {
        return send(method, path, body, Map.of());
    }

    String send(String method, String path, String body, Map<String, String> headers) {
        return call(method, path, body, headers).bodyString();
    }

    Answer call(String method, String path, String body, Map<String, String> headers) {
        try {
            var request = client.getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(client.getMasterUrl().toString().replaceFirst("/$", "") + path)
                    .header("Accept", headers.getOrDefault("Accept", "application/json"));
            String type = headers.getOrDefault(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
            // Not every client of fabric8's sends a DELETE without a body.
            String sent = method.equals("DELETE") && body.isEmpty() ? OPTIONS : body;
            request = request.method(method, type, sent.isEmpty() ? null : sent);
            headers.forEach(request::setHeader);
            var response = client.getHttpClient()
                    .sendAsync(request.build(), String.class)
                    .get(60, TimeUnit.SECONDS);
            return new Answer(response.code(), response.body());
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** An answer. */
    record Answer(int code, String bodyString) {}

    String get(String path) {
        return send("GET", path, "");
    }

    String flunder(String name, String spec) {
        return send(
                "POST",
                FLUNDERS,
                "{\"apiVersion\":\"wardle.example.com/v1alpha1\",\"kind\":\"Flunder\",\"metadata\":{\"name\":\"" + name
                        + "\"},\"spec\":" + spec + "}");
    }

    /** What the Available condition of v1alpha1 says, {@code True Passed: all checks passed}. */
    String availability() {
        var service = client.genericKubernetesResources("apiregistration.k8s.io/v1", "APIService")
                .withName("v1alpha1.wardle.example.com")
                .get();
        List<Map<String, String>> conditions = service.get("status", "conditions");
        return conditions == null
                ? ""
                : conditions.stream()
                        .filter(each -> "Available".equals(each.get("type")))
                        .map(each -> each.get("status") + " " + each.get("reason") + ": " + each.get("message"))
                        .findFirst()
                        .orElse("");
    }

    /** Asks until the answer fits; the last one. */
    static String until(Supplier<String> asked, Predicate<String> fits) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = asked.get();
        while (!fits.test(last) && System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            last = asked.get();
        }
        assertThat(last).matches(fits);
        return last;
    }

    void awaitAvailable() {
        until(this::availability, text -> text.equals("True Passed: all checks passed"));
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
