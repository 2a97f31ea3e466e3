package dev.kuar.practice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.TestServer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.pki.ClusterPki;
import dev.kuar.practice.time.ManualClock;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** A token over HTTPS, before and after its time by the cluster's clock. */
final class ExpiredTokenTest {
    private static final GroupResource ACCOUNTS = GroupResource.core("serviceaccounts");

    private final ManualClock clock = new ManualClock();

    @Test
    void a_token_is_refused_once_its_time_is_over() throws Exception {
        ClusterPki pki = ClusterPki.open(Optional.empty(), List.of("localhost"), clock.now());
        try (TestServer cluster = new TestServer(clock);
                HttpFront front = HttpFront.start(new FrontParts(
                        cluster.server(),
                        clock,
                        () -> {
                            throw new IllegalStateException("there is no node");
                        },
                        "v1.36.2",
                        pki.serverContext(),
                        certificate -> false,
                        pki::serviceAccountKey,
                        () -> FrontProxy.NONE,
                        FrontSite.ofCluster(() -> true),
                        AuditListener.NONE,
                        Aggregation.none(),
                        0))) {
            KubeObject request = KubeObject.create("authentication.k8s.io/v1", "TokenRequest", "", "");
            request.set(600L, "spec", "expirationSeconds");
            String token = cluster.client()
                    .createSubresource(ACCOUNTS, "default", "default", "token", request)
                    .text("status", "token");
            allow(cluster, "ClusterRole", "clusterroles", """
                    {"metadata":{"name":"look"},"rules":[{"nonResourceURLs":["/apis"],"verbs":["get"]}]}""");
            allow(cluster, "ClusterRoleBinding", "clusterrolebindings", """
                    {"metadata":{"name":"look"},"subjects":[{"kind":"ServiceAccount","namespace":"default","name":"default"}],
                     "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"look"}}""");
            URI path = URI.create("https://127.0.0.1:" + front.port() + "/apis");

            assertThat(ask(pki, path, token).statusCode()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(599));
            assertThat(ask(pki, path, token).statusCode()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(1));
            HttpResponse<String> refused = ask(pki, path, token);

            assertThat(refused.statusCode()).isEqualTo(401);
            KubeObject status = KubeObject.of(JsonReader.readMap(refused.body().getBytes(StandardCharsets.UTF_8)));
            assertThat(status.text("reason")).isEqualTo("Unauthorized");
            assertThat(status.text("message")).isEqualTo("Unauthorized");
        }
    }

    private static void allow(TestServer cluster, String kind, String resource, String json) {
        KubeObject object = TestServer.json(json);
        object.set("rbac.authorization.k8s.io/v1", "apiVersion");
        object.set(kind, "kind");
        cluster.client().create(GroupResource.of("rbac.authorization.k8s.io", resource), "", object);
    }

    private static HttpResponse<String> ask(ClusterPki pki, URI path, String token) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trust(pki.authorityPem())).build();
        HttpRequest request = HttpRequest.newBuilder(path)
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Trust in one authority. */
    private static SSLContext trust(String pem) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }
}
