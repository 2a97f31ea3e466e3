package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Roles × verbs × resources: the API and its access reviews answer as the rules say, cell by cell. A sample of the cells
 * by default, all 1,296 with {@code -Dkuar.all=true}.
 */
final class AccessTableTest {
    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");
    private static final List<String> ROLES = List.of("view", "edit", "admin", "cluster-admin", "readers", "nobody");
    private static final List<String> RESOURCES = List.of(
            "pods",
            "services",
            "configmaps",
            "secrets",
            "serviceaccounts",
            "endpoints",
            "events",
            "limitranges",
            "resourcequotas",
            "persistentvolumeclaims",
            "replicationcontrollers",
            "podtemplates",
            "deployments.apps",
            "replicasets.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "controllerrevisions.apps",
            "jobs.batch",
            "cronjobs.batch",
            "ingresses.networking.k8s.io",
            "networkpolicies.networking.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "poddisruptionbudgets.policy",
            "horizontalpodautoscalers.autoscaling",
            "leases.coordination.k8s.io",
            "endpointslices.discovery.k8s.io");

    private static PracticeCluster cluster;
    private static HttpClient http;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        cluster = PracticeCluster.start(new ClusterSpec(
                "my-cluster", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
        ApiClient client = cluster.client("test");
        GroupResource accounts = GroupResource.core("serviceaccounts");
        client.create(accounts, "default", KubeObject.create("v1", "ServiceAccount", "default", "root"));
        bind(
                client,
                "clusterrolebindings",
                "",
                "root",
                "ClusterRole",
                "cluster-admin",
                Map.of("kind", "ServiceAccount", "name", "root", "namespace", "default"));
        token = client.createSubresource(
                        accounts,
                        "default",
                        "root",
                        "token",
                        KubeObject.create("authentication.k8s.io/v1", "TokenRequest", "default", "root"))
                .text("status", "token");
        KubeObject readers = KubeObject.create("rbac.authorization.k8s.io/v1", "Role", "default", "readers");
        readers.set(
                List.of(Map.of(
                        "apiGroups", List.of("", "apps"),
                        "resources", List.of("pods", "deployments", "configmaps"),
                        "verbs", List.of("get", "list"))),
                "rules");
        client.create(GroupResource.of("rbac.authorization.k8s.io", "roles"), "default", readers);
        for (String role : ROLES) {
            if (!role.equals("nobody")) {
                bind(
                        client,
                        "rolebindings",
                        "default",
                        "is-" + role,
                        role.equals("readers") ? "Role" : "ClusterRole",
                        role,
                        Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", "User", "name", role));
            }
        }
        http = HttpClient.newBuilder().sslContext(trust()).build();
        assertThat(cluster.waitReady(java.time.Duration.ofMinutes(5)).missing()).isEmpty();
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @Test
    void every_cell_is_as_the_rules_say() throws Exception {
        List<String> wrong = new ArrayList<>();
        int cells = 0;
        int step = Boolean.getBoolean("kuar.all") ? 1 : 13;
        for (String role : ROLES) {
            List<Map<String, Object>> rules = rules(role);
            for (String resource : RESOURCES) {
                for (String verb : VERBS) {
                    if (cells++ % step != 0) {
                        continue;
                    }
                    boolean expected = allows(rules, verb, resource);
                    boolean asked = mayI(role, verb, resource);
                    boolean tried = tried(role, verb, resource) != 403;
                    if (asked != expected || tried != expected) {
                        wrong.add(role + " " + verb + " " + resource + ": rules say " + expected + ", the review "
                                + asked + ", the API " + tried);
                    }
                }
            }
        }
        assertThat(cells).isGreaterThanOrEqualTo(1_000);
        assertThat(wrong).isEmpty();
    }

    @Test
    void who_shows_a_bad_token_is_nobody_and_who_shows_none_is_anonymous() throws Exception {
        assertThat(send("GET", "/api/v1/namespaces/default/pods", "", "Bearer nonsense", "")
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> anonymous = send("GET", "/api/v1/namespaces/default/pods", "", "", "");
        assertThat(anonymous.statusCode()).isEqualTo(403);
        assertThat(anonymous.body()).contains("User \\\"system:anonymous\\\" cannot list resource");
    }

    @Test
    void nothing_listens_off_loopback() throws IOException {
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                if (!address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
                    assertThat(isRefused(address)).as(address.toString()).isTrue();
                }
            }
        }
    }

    private static boolean isRefused(InetAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, cluster.port()), 5_000);
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }

    private static void bind(
            ApiClient client,
            String resource,
            String namespace,
            String name,
            String kind,
            String role,
            Map<String, Object> who) {
        KubeObject binding = KubeObject.create(
                "rbac.authorization.k8s.io/v1",
                resource.equals("rolebindings") ? "RoleBinding" : "ClusterRoleBinding",
                namespace,
                name);
        binding.set(Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", kind, "name", role), "roleRef");
        binding.set(List.of(who), "subjects");
        client.create(GroupResource.of("rbac.authorization.k8s.io", resource), namespace, binding);
    }

    private static List<Map<String, Object>> rules(String role) {
        GroupResource resource =
                GroupResource.of("rbac.authorization.k8s.io", role.equals("readers") ? "roles" : "clusterroles");
        return cluster.client("test")
                .find(resource, role.equals("readers") ? "default" : "", role)
                .map(found -> found.maps("rules"))
                .orElse(List.of());
    }

    private static boolean allows(List<Map<String, Object>> rules, String verb, String resource) {
        int dot = resource.indexOf('.');
        String group = dot < 0 ? "" : resource.substring(dot + 1);
        String name = dot < 0 ? resource : resource.substring(0, dot);
        return rules.stream()
                .map(KubeObject::of)
                .anyMatch(rule -> has(rule.texts("verbs"), verb)
                        && has(rule.texts("apiGroups"), group)
                        && has(rule.texts("resources"), name)
                        && rule.texts("resourceNames").isEmpty());
    }

    private static boolean has(List<String> values, String value) {
        return values.contains("*") || values.contains(value);
    }

    /** What {@code kubectl auth can-i} asks. */
    private static boolean mayI(String user, String verb, String resource) throws Exception {
        int dot = resource.indexOf('.');
        String body = "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\",\"spec\":{"
                + "\"resourceAttributes\":{\"namespace\":\"default\",\"verb\":\"" + verb + "\",\"group\":\""
                + (dot < 0 ? "" : resource.substring(dot + 1)) + "\",\"resource\":\""
                + (dot < 0 ? resource : resource.substring(0, dot)) + "\"}}}";
        HttpResponse<String> answer =
                send("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", body, "Bearer " + token, user);
        assertThat(answer.statusCode()).isEqualTo(201);
        return KubeObject.of(JsonReader.readMap(answer.body().getBytes(StandardCharsets.UTF_8)))
                .flag("status", "allowed");
    }

    /** The status of a request that changes nothing, whoever asks. */
    private static int tried(String user, String verb, String resource) throws Exception {
        int dot = resource.indexOf('.');
        String group = dot < 0 ? "" : resource.substring(dot + 1);
        String version = group.equals("autoscaling") ? "v2" : "v1";
        String all = (group.isEmpty() ? "/api/v1" : "/apis/" + group + "/" + version) + "/namespaces/default/"
                + (dot < 0 ? resource : resource.substring(0, dot));
        String one = all + "/nobody-has-this-name";
        HttpResponse<String> answer =
                switch (verb) {
                    case "get" -> by("GET", one, "", user);
                    case "list" -> by("GET", all, "", user);
                    case "watch" -> by("GET", all + "?watch=1&resourceVersion=x", "", user);
                    case "create" -> by("POST", all + "?dryRun=All", "{\"metadata\":{\"name\":\"-\"}}", user);
                    case "update" -> by("PUT", one + "?dryRun=All", "{\"metadata\":{\"name\":\"x\"}}", user);
                    case "patch" -> by("PATCH", one + "?dryRun=All", "{}", user);
                    case "delete" -> by("DELETE", one + "?dryRun=All", "", user);
                    default -> by("DELETE", all + "?dryRun=All&labelSelector=none%3Dnone", "", user);
                };
        return answer.statusCode();
    }

    private static HttpResponse<String> by(String method, String path, String body, String user) throws Exception {
        return send(method, path, body, "Bearer " + token, user);
    }

    private static HttpResponse<String> send(String method, String path, String body, String credential, String user)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cluster.server() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        if (!credential.isEmpty()) {
            request.header("Authorization", credential);
        }
        if (!user.isEmpty()) {
            request.header("Impersonate-User", user);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext trust() throws Exception {
        String pem = cluster.kubeconfig()
                .lines()
                .filter(line -> line.contains("certificate-authority-data:"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*: *", "");
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(
                                java.util.Base64.getDecoder().decode(pem.strip()))));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
