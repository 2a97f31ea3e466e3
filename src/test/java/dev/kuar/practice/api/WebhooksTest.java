package dev.kuar.practice.api;

import static dev.kuar.practice.api.TestServer.CONFIG_MAPS;
import static dev.kuar.practice.api.TestServer.configMap;
import static dev.kuar.practice.api.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.kuar.practice.object.AuditNotes;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.pki.ClusterPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Webhooks over real HTTPS on loopback, against an API server in memory. */
final class WebhooksTest {
    private static final GroupResource MUTATING =
            GroupResource.of("admissionregistration.k8s.io", "mutatingwebhookconfigurations");
    private static final GroupResource VALIDATING =
            GroupResource.of("admissionregistration.k8s.io", "validatingwebhookconfigurations");
    private static final GroupResource AUTOSCALERS = GroupResource.of("autoscaling", "horizontalpodautoscalers");
    private static final AtomicReference<String> ANSWER = new AtomicReference<>("");
    private static final List<KubeObject> ASKED = new CopyOnWriteArrayList<>();
    private static HttpsServer hook;
    private static String bundle;

    private final TestServer cluster = new TestServer();

    @BeforeAll
    static void listen() throws IOException {
        ClusterPki pki = ClusterPki.open(Optional.empty(), List.of("node"), Instant.now());
        bundle = Base64.getEncoder().encodeToString(pki.authorityPem().getBytes(StandardCharsets.UTF_8));
        hook = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.setHttpsConfigurator(new HttpsConfigurator(pki.serverContext()));
        hook.createContext("/", exchange -> {
            KubeObject review =
                    KubeObject.of(JsonReader.readMap(exchange.getRequestBody().readAllBytes()));
            ASKED.add(review);
            byte[] answer =
                    ANSWER.get().replace("UID", review.text("request", "uid")).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        hook.start();
    }

    @AfterAll
    static void end() {
        hook.stop(0);
    }

    @AfterEach
    void close() {
        cluster.close();
        ASKED.clear();
    }

    @Test
    void a_mutating_webhook_changes_what_is_stored() {
        // Given
        String patch = "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"by\":\"hook\"}}]";
        answer("\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\""
                + Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)) + "\"");
        configure(MUTATING, "MutatingWebhookConfiguration", "Fail", url());

        // When
        KubeObject made = cluster.client().create(CONFIG_MAPS, "default", configMap("a"));

        // Then
        assertThat(made.labels()).containsEntry("by", "hook");
        assertThat(ASKED.get(0).text("request", "operation")).isEqualTo("CREATE");
        assertThat(ASKED.get(0).text("request", "object", "metadata", "name")).isEqualTo("a");
        assertThat(ASKED.get(0).text("request", "userInfo", "username")).isEqualTo("kubernetes-admin");
    }

    @Test
    void what_webhooks_did_is_noted_for_the_audit() {
        String patch = "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"by\":\"hook\"}}]";
        answer("\"allowed\":true,\"auditAnnotations\":{\"why\":\"because\"},\"patchType\":\"JSONPatch\",\"patch\":\""
                + Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)) + "\"");
        String configuration = configure(MUTATING, "MutatingWebhookConfiguration", "Fail", url())
                .name();
        configure(VALIDATING, "ValidatingWebhookConfiguration", "Ignore", "\"url\":\"https://127.0.0.1:1/x\"");
        AuditNotes notes = AuditNotes.empty();

        cluster.server()
                .handle(cluster.request(Verb.CREATE, CONFIG_MAPS, "default", "")
                        .with(Body.tree(configMap("a").tree()))
                        .with(notes));

        String who = "{\"configuration\":\"" + configuration + "\",\"webhook\":\"maps.example.com\",";
        assertThat(notes.all())
                .containsEntry("maps.example.com/why", "because")
                .containsEntry("mutation.webhook.admission.k8s.io/round_0_index_0", who + "\"mutated\":true}")
                .containsEntry(
                        "patch.webhook.admission.k8s.io/round_0_index_0",
                        who + "\"patch\":" + patch + ",\"patchType\":\"JSONPatch\"}")
                .containsEntry("failed-open.validating.webhook.admission.k8s.io/round_0_index_0", "maps.example.com")
                .containsEntry("authorization.k8s.io/decision", "allow")
                .containsEntry("authorization.k8s.io/reason", "")
                .hasSize(6);
    }

    @Test
    void a_validating_webhook_denies_in_its_own_words() {
        answer("\"allowed\":false,\"status\":{\"code\":403,\"message\":\"no maps today\"}");
        configure(VALIDATING, "ValidatingWebhookConfiguration", "Fail", url());

        assertThatThrownBy(() -> cluster.client().create(CONFIG_MAPS, "default", configMap("a")))
                .hasMessage("admission webhook \"maps.example.com\" denied the request: no maps today");
        assertThat(cluster.client().find(CONFIG_MAPS, "default", "a")).isEmpty();
    }

    @Test
    void a_denial_without_words_says_so() {
        answer("\"allowed\":false");
        configure(VALIDATING, "ValidatingWebhookConfiguration", "Fail", url());

        assertThatThrownBy(() -> cluster.client().create(CONFIG_MAPS, "default", configMap("a")))
                .hasMessage("admission webhook \"maps.example.com\" denied the request without explanation");
    }

    @Test
    void a_webhook_that_cannot_be_reached_closes_or_opens_as_its_policy_says() {
        KubeObject made =
                configure(VALIDATING, "ValidatingWebhookConfiguration", "Fail", "\"url\":\"https://127.0.0.1:1/x\"");

        assertThatThrownBy(() -> cluster.client().create(CONFIG_MAPS, "default", configMap("a")))
                .hasMessage(
                        "Internal error occurred: failed calling webhook \"maps.example.com\": failed to call webhook:"
                                + " Post \"https://127.0.0.1:1/x?timeout=30s\": dial tcp 127.0.0.1:1: connect: connection refused");

        made.maps("webhooks").get(0).put("failurePolicy", "Ignore");
        cluster.client().update(VALIDATING, made);
        assertThat(cluster.client()
                        .create(CONFIG_MAPS, "default", configMap("a"))
                        .name())
                .isEqualTo("a");
    }

    @Test
    void a_webhook_hears_of_other_versions_in_the_one_that_it_knows() {
        String patch = "[{\"op\":\"replace\",\"path\":\"/spec/targetCPUUtilizationPercentage\",\"value\":40}]";
        answer("\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\""
                + Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)) + "\"");
        KubeObject made = configure(MUTATING, "MutatingWebhookConfiguration", "Fail", url());
        Map<String, Object> rule = made.maps("webhooks").get(0);
        rule.put(
                "rules",
                json("{\"rules\":[{\"apiGroups\":[\"autoscaling\"],\"apiVersions\":[\"v1\"],\"resources\":["
                                + "\"horizontalpodautoscalers\"],\"operations\":[\"CREATE\"]}]}")
                        .at("rules"));
        made = cluster.client().update(MUTATING, made);

        KubeObject changed = cluster.client().create(AUTOSCALERS, "default", autoscaler("one"));
        assertThat(changed.apiVersion()).isEqualTo("autoscaling/v2");
        assertThat(KubeObject.of(changed.maps("spec", "metrics").get(0))
                        .number(0, "resource", "target", "averageUtilization"))
                .isEqualTo(40);
        KubeObject asked = KubeObject.of(ASKED.get(0).map("request"));
        assertThat(asked.text("kind", "version")).isEqualTo("v1");
        assertThat(asked.text("requestKind", "version")).isEqualTo("v2");
        assertThat(asked.text("object", "apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(asked.number(0, "object", "spec", "targetCPUUtilizationPercentage"))
                .isEqualTo(70);

        made.maps("webhooks").get(0).put("matchPolicy", "Exact");
        cluster.client().update(MUTATING, made);
        cluster.client().create(AUTOSCALERS, "default", autoscaler("two"));
        assertThat(ASKED).hasSize(1);
    }

    private static KubeObject autoscaler(String name) {
        return json("{\"apiVersion\":\"autoscaling/v2\",\"kind\":\"HorizontalPodAutoscaler\",\"metadata\":{\"name\":\""
                + name
                + "\"},\"spec\":{\"maxReplicas\":3,\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"d\"},"
                + "\"metrics\":[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{"
                + "\"type\":\"Utilization\",\"averageUtilization\":70}}}]}}");
    }

    @Test
    void a_mutating_webhook_changes_the_options_of_a_connection() {
        String patch = "[{\"op\":\"replace\",\"path\":\"/container\",\"value\":\"other\"}]";
        answer("\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\""
                + Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)) + "\"");
        KubeObject made = configure(MUTATING, "MutatingWebhookConfiguration", "Fail", url());
        made.maps("webhooks")
                .get(0)
                .put(
                        "rules",
                        json("{\"rules\":[{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"resources\":[\"pods/exec\"],"
                                        + "\"operations\":[\"CONNECT\"]}]}")
                                .at("rules"));
        cluster.client().update(MUTATING, made);
        cluster.client()
                .create(
                        TestServer.PODS,
                        "default",
                        json("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{"
                                + "\"containers\":[{\"name\":\"c\",\"image\":\"busybox\"}]}}"));
        Map<String, Object> options = new LinkedHashMap<>(
                Map.of("kind", "PodExecOptions", "apiVersion", "v1", "container", "c", "command", List.of("id")));

        cluster.server()
                .connect(ApiRequest.of(
                                TestServer.ADMIN, "test", Verb.CREATE, TestServer.PODS, "v1", "default", "p", "exec")
                        .with(Body.tree(options)));

        assertThat(options).containsEntry("container", "other").containsEntry("command", List.of("id"));
    }

    @Test
    void an_answer_to_another_question_is_no_answer() {
        ANSWER.set(
                "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"response\":{\"uid\":\"x\",\"allowed\":true}}");
        configure(VALIDATING, "ValidatingWebhookConfiguration", "Fail", url());

        assertThatThrownBy(() -> cluster.client().create(CONFIG_MAPS, "default", configMap("a")))
                .hasMessageContaining("received invalid webhook response: expected response.uid=");
    }

    @Test
    void an_authority_that_nobody_knows_is_not_trusted() {
        configure(
                VALIDATING,
                "ValidatingWebhookConfiguration",
                "Fail",
                "\"url\":\"https://127.0.0.1:" + hook.getAddress().getPort() + "/\"");

        assertThatThrownBy(() -> cluster.client().create(CONFIG_MAPS, "default", configMap("a")))
                .hasMessageEndingWith(
                        "tls: failed to verify certificate: x509: certificate signed by unknown authority");
    }

    @Test
    void a_service_that_is_absent_is_named() {
        configure(
                VALIDATING,
                "ValidatingWebhookConfiguration",
                "Fail",
                "\"service\":{\"namespace\":\"default\",\"name\":\"hook\",\"path\":\"/v\",\"port\":443}");

        assertThatThrownBy(() -> cluster.client().create(CONFIG_MAPS, "default", configMap("a")))
                .hasMessageEndingWith(
                        "Post \"https://hook.default.svc:443/v?timeout=30s\": service \"hook\" not found");
    }

    @Test
    void a_dry_run_does_not_call_what_has_side_effects() {
        KubeObject made = configure(VALIDATING, "ValidatingWebhookConfiguration", "Fail", url());
        answer("\"allowed\":true");
        made.maps("webhooks").get(0).put("sideEffects", "NoneOnDryRun");
        cluster.client().update(VALIDATING, made);
        ApiRequest request = cluster.request(Verb.CREATE, CONFIG_MAPS, "default", "")
                .with(Body.tree(configMap("a").tree()))
                .with(RequestOptions.parse(Map.of("dryRun", List.of("All"))));

        cluster.server().handle(request);

        assertThat(ASKED.get(0).flag("request", "dryRun")).isTrue();
    }

    private static String url() {
        return "\"url\":\"https://127.0.0.1:" + hook.getAddress().getPort() + "/\",\"caBundle\":\"" + bundle + "\"";
    }

    private static void answer(String response) {
        ANSWER.set("{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"response\":{\"uid\":\"UID\","
                + response + "}}");
    }

    private KubeObject configure(GroupResource resource, String kind, String failurePolicy, String target) {
        Map<String, Object> tree =
                new LinkedHashMap<>(json("{\"apiVersion\":\"admissionregistration.k8s.io/v1\",\"kind\":\""
                                + kind
                                + "\",\"metadata\":{\"name\":\"maps\"},\"webhooks\":[{\"name\":\"maps.example.com\","
                                + "\"clientConfig\":{" + target + "},\"failurePolicy\":\"" + failurePolicy
                                + "\",\"sideEffects\":\"None\",\"timeoutSeconds\":30,\"admissionReviewVersions\":[\"v1\"],\"rules\":[{"
                                + "\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"resources\":[\"configmaps\"],"
                                + "\"operations\":[\"CREATE\"]}]}]}")
                        .tree());
        return cluster.client().create(resource, "", KubeObject.of(JsonReader.readMap(JsonWriter.write(tree))));
    }
}
