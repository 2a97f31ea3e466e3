package dev.kuar.practice.extension;

import dev.kuar.practice.auth.Authenticator;
import dev.kuar.practice.auth.Credentials;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.http.FrontProxy;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.pki.ClientTrust;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who the clients of an extension API server are: the front proxy speaks for others, certificates are the cluster's, and tokens are sent
 * to the cluster's API server in a TokenReview. Models delegated authentication of Kubernetes 1.36.
 */
final class DelegatedAuthentication {
    private static final String CONFIG = "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication";
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final ExtensionHost host;
    private final MainApi api;
    private final Remembered<String, Optional<UserInfo>> tokens;
    private Settings settings;

    /** @throws ApiException where the cluster does not say whom to trust */
    DelegatedAuthentication(ExtensionHost host, MainApi api) {
        this.host = host;
        this.api = api;
        this.tokens = new Remembered<>(host.clock(), REMEMBERED);
        this.settings = read();
    }

    private record Settings(Instant at, String authorities, ClientTrust clients, FrontProxy proxy) {}

    private Settings read() {
        KubeObject config = api.get(CONFIG);
        String authority = config.text("data", "client-ca-file");
        String front = config.text("data", "requestheader-client-ca-file");
        ClientTrust proxies = ClientTrust.of(front);
        return new Settings(
                host.clock().now(),
                authority + "\n" + front,
                ClientTrust.of(authority),
                new FrontProxy(
                        certificate ->
                                proxies.vouchesFor(certificate, host.clock().now()),
                        list(config, "requestheader-allowed-names"),
                        list(config, "requestheader-username-headers"),
                        list(config, "requestheader-uid-headers"),
                        list(config, "requestheader-group-headers"),
                        list(config, "requestheader-extra-headers-prefix")));
    }

    private static List<String> list(KubeObject config, String name) {
        String text = config.text("data", name);
        try {
            List<String> values = new ArrayList<>();
            if (!text.isEmpty()
                    && JsonReader.readMap(("{\"all\":" + text + "}").getBytes(StandardCharsets.UTF_8))
                                    .get("all")
                            instanceof List<?> all) {
                all.forEach(each -> values.add(String.valueOf(each)));
            }
            return values;
        } catch (RuntimeException noList) {
            return List.of();
        }
    }

    /** As they are now; those before where the cluster does not tell. */
    private synchronized Settings current() {
        if (settings.at().plus(FRESH).isBefore(host.clock().now())) {
            try {
                settings = read();
            } catch (ApiException refused) {
                host.log('E', "configmap_cafile_content.go:243", String.valueOf(refused.getMessage()));
            }
        }
        return settings;
    }

    /** The authorities of clients' and front proxies' certificates, as PEM. */
    String authorities() {
        return current().authorities();
    }

    FrontProxy frontProxy() {
        return current().proxy();
    }

    /** Whether a certificate is a client's of the cluster. */
    boolean trusts(X509Certificate certificate) {
        return current().clients().vouchesFor(certificate, host.clock().now());
    }

    /** @throws ApiException 401 for credentials that are none */
    UserInfo authenticate(Credentials credentials) {
        X509Certificate certificate = credentials.certificate();
        if (certificate != null) {
            return Authenticator.ofCertificate(certificate);
        }
        String token = credentials.bearerToken();
        return token == null
                ? Authenticator.ANONYMOUS
                : tokens.get(token, this::review).orElseThrow(Statuses::unauthorized);
    }

    private Optional<UserInfo> review(String token) {
        Map<String, Object> review = new LinkedHashMap<>();
        review.put("kind", "TokenReview");
        review.put("apiVersion", "authentication.k8s.io/v1");
        review.put("spec", Map.of("token", token));
        KubeObject answer;
        try {
            answer = api.post("/apis/authentication.k8s.io/v1/tokenreviews", review);
        } catch (ApiException refused) {
            host.log('E', "webhook.go:154", "Failed to make webhook authenticator request: " + refused.getMessage());
            host.log(
                    'E',
                    "authentication.go:73",
                    "\"Unable to authenticate the request\" err=\"[invalid bearer token, " + refused.getMessage()
                            + "]\"");
            throw Statuses.unauthorized();
        }
        if (!answer.flag("status", "authenticated")) {
            return Optional.empty();
        }
        KubeObject user = KubeObject.of(answer.map("status", "user"));
        Map<String, List<String>> extra = new LinkedHashMap<>();
        user.map("extra").forEach((key, value) -> extra.put(key, user.texts("extra", key)));
        List<String> groups = new ArrayList<>(user.texts("groups"));
        if (!groups.contains("system:authenticated")) {
            groups.add("system:authenticated");
        }
        return Optional.of(new UserInfo(user.text("username"), user.text("uid"), groups, extra));
    }
}
