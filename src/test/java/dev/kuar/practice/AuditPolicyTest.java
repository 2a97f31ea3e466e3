package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.http.AuditPolicy;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an audit policy lets into the log, and how one that is none is refused. */
final class AuditPolicyTest {
    private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final String POLICY = HEAD + """
            omitStages: [RequestReceived]
            rules:
            - {level: None, nonResourceURLs: ["/livez*", "/readyz*"]}
            - {level: None, users: ["system:serviceaccount:kube-system:quiet"]}
            - {level: None, userGroups: ["mute"]}
            - {level: RequestResponse, omitManagedFields: true, namespaces: [default], verbs: [create, patch],
               resources: [{group: "", resources: [configmaps, services]}]}
            - {level: Request, resources: [{group: "", resources: ["configmaps"], resourceNames: ["named"]}]}
            - {level: Metadata, resources: [{group: "", resources: ["secrets", "pods/*"]}], omitStages: [ResponseStarted]}
            - {level: Metadata, nonResourceURLs: ["/version"], omitStages: [Panic]}
            - {level: Metadata, resources: [{group: "", resources: [services]}]}
            """;

    private final Path folder;

    AuditPolicyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rules: [] | loaded illegal policy with 0 rules",
                "rules: [{}] | rules[0].level: Required value",
                "rules: [{level: All}] | rules[0].level: Unsupported value: \"All\": supported values: \"None\", \"Metadata\", \"Request\", \"RequestResponse\"",
                "rules: [{level: None, nonResourceURLs: [version, \"/a*b\", \"*\"]}] | [rules[0].nonResourceURLs[0]: Invalid value: \"version\": non-resource URL rules must begin with a '/' character, rules[0].nonResourceURLs[1]: Invalid value: \"/a*b\": non-resource URL wildcards '*' must be the final character of the rule]",
                "rules: [{level: None, nonResourceURLs: [\"/a\"], namespaces: [x]}] | rules[0].nonResourceURLs: Invalid value: [\"/a\"]: rules cannot apply to both regular resources and non-resource URLs",
                "rules: [{level: None, resources: [{group: apps/v1}]}] | rules[0].resources.group: Invalid value: \"apps/v1\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
                "rules: [{level: None, resources: [{resourceNames: [a]}]}] | rules[0].resources.resourceNames: Invalid value: [\"a\"]: using resourceNames requires at least one resource",
                "omitStages: [Never]\\nrules: [{level: None, omitStages: [x]}] | [omitStages[0]: Invalid value: \"Never\": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic, rules[0].omitStages[0]: Invalid value: \"x\": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic]",
                "rules: [{level: None, users: jo}] | failed decoding: json: cannot unmarshal string into Go struct field PolicyRule.rules.users of type []string"
            })
    void a_bad_policy_is_refused_with_what_is_wrong(String document, String message) throws IOException {
        Path file = write(HEAD + document.replace("\\n", "\n") + "\n");
        assertThatThrownBy(() -> AuditPolicy.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loading audit policy file: " + message + ": from file " + file);
    }

    @Test
    void what_is_no_policy_at_all_is_refused() throws IOException {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> AuditPolicy.load(absent))
                .hasMessage("loading audit policy file: failed to read file path \"" + absent + "\": open " + absent
                        + ": no such file or directory");
        Path other = write("apiVersion: audit.k8s.io/v1beta1\nkind: Policy\nrules: [{level: None}]\n");
        assertThatThrownBy(() -> AuditPolicy.load(other))
                .hasMessageContaining(
                        "failed decoding: no kind \"Policy\" is registered for version \"audit.k8s.io/v1beta1\"");
        Path none = write("rules: []\n");
        assertThatThrownBy(() -> AuditPolicy.load(none))
                .hasMessageContaining("failed decoding: Object 'Kind' is missing in '{\"rules\":[]}'");
    }

    @Test
    void fields_that_mean_nothing_are_passed_over() throws IOException {
        assertThat(AuditPolicy.load(write(HEAD + "rules: [{level: None, colour: red}]\n")))
                .isNotNull();
    }

    @Test
    void the_log_has_what_the_policy_asks_for() throws Exception {
        // Given
        Path log = folder.resolve("audit.log");
        RunSettings settings = RunSettings.USUAL.withAuditPolicy(Optional.of(write(POLICY)));
        ClusterSpec spec = new ClusterSpec(
                "my-cluster", "kind", 1, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.of(log));

        // When
        try (PracticeCluster cluster = PracticeCluster.start(spec, settings)) {
            assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
            WireClient wire = WireClient.of(cluster.kubeconfig());
            wire.get("/livez");
            wire.get("/version");
            wire.get("/apis");
            wire.send("POST", MAPS, WireClient.configMap("one", "x"));
            wire.send("POST", SERVICES, "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"ports\":[{\"port\":80}]}}");
            wire.send(
                    "PATCH", MAPS + "/one", "{\"data\":{\"b\":\"c\"}}", "Content-Type", "application/merge-patch+json");
            wire.send("PUT", MAPS + "/named", WireClient.configMap("named", "x"));
            wire.send("PUT", MAPS + "/other", WireClient.configMap("other", "x"));
            wire.get("/api/v1/namespaces/default/secrets?watch=1&timeoutSeconds=1");
            wire.get("/api/v1/namespaces/default/services?watch=1&timeoutSeconds=1");
            wire.send("GET", "/api/v1/namespaces/default/secrets", "", "Impersonate-User", "jo");
            wire.send(
                    "GET",
                    "/api/v1/namespaces/default/secrets",
                    "",
                    "Impersonate-User",
                    "jo",
                    "Impersonate-Group",
                    "mute");
            wire.send("GET", "/version", "", "Impersonate-User", "jo", "Impersonate-Group", "system:authenticated");
        }

        // Then
        List<String> lines = new ArrayList<>();
        List<KubeObject> events = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            KubeObject event = KubeObject.of(JsonReader.readMap(line.getBytes(StandardCharsets.UTF_8)));
            if (event.text("userAgent").startsWith("Java-http-client")) {
                events.add(event);
            }
        }
        // What is logged as an answer goes out can come behind what is logged of the next request.
        events.sort(Comparator.comparing(event -> event.text("requestReceivedTimestamp")));
        for (KubeObject event : events) {
            lines.add(event.text("level") + " " + event.text("stage") + " " + event.text("verb") + " "
                    + event.text("requestURI") + " " + event.number(0, "responseStatus", "code"));
        }
        assertThat(lines)
                .containsExactly(
                        "Metadata ResponseComplete get /version 200",
                        "RequestResponse ResponseComplete create " + MAPS + " 201",
                        "RequestResponse ResponseComplete create " + SERVICES + " 201",
                        "RequestResponse ResponseComplete patch " + MAPS + "/one 200",
                        "Request ResponseComplete update " + MAPS + "/named 404",
                        "Metadata ResponseComplete watch /api/v1/namespaces/default/secrets?watch=1&timeoutSeconds=1 200",
                        "Metadata ResponseStarted watch /api/v1/namespaces/default/services?watch=1&timeoutSeconds=1 200",
                        "Metadata ResponseComplete watch /api/v1/namespaces/default/services?watch=1&timeoutSeconds=1 200",
                        "Metadata ResponseComplete list /api/v1/namespaces/default/secrets 403",
                        "Metadata ResponseComplete list /api/v1/namespaces/default/secrets 403",
                        "Metadata ResponseComplete get /version 200");
        KubeObject created = events.get(1);
        assertThat(created.text("objectRef", "name")).isEqualTo("one");
        assertThat(created.text("requestObject", "data", "k")).isEqualTo("x");
        assertThat(created.text("responseObject", "metadata", "uid")).isNotEmpty();
        assertThat(created.at("responseObject", "metadata", "managedFields")).isNull();
        KubeObject service = events.get(2);
        assertThat(service.text("requestObject", "spec", "type")).isEqualTo("ClusterIP");
        assertThat(service.at("requestObject", "spec", "clusterIP")).isNull();
        assertThat(service.maps("requestObject", "spec", "ports").get(0)).containsEntry("protocol", "TCP");
        assertThat(events.get(0).text("annotations", "authorization.k8s.io/decision"))
                .isEqualTo("allow");
        assertThat(events.get(3).text("requestObject", "data", "b")).isEqualTo("c");
        KubeObject refused = events.get(4);
        assertThat(refused.text("requestObject", "metadata", "name")).isEqualTo("named");
        assertThat(refused.at("responseObject")).isNull();
        assertThat(refused.text("responseStatus", "reason")).isEqualTo("NotFound");
        assertThat(refused.text("responseStatus", "details", "kind")).isEqualTo("configmaps");
        assertThat(events.get(8).text("impersonatedUser", "username")).isEqualTo("jo");
        assertThat(events.get(8).text("annotations", "authorization.k8s.io/decision"))
                .isEqualTo("forbid");
        assertThat(events.get(10).text("annotations", "authorization.k8s.io/reason"))
                .isEqualTo(
                        "RBAC: allowed by ClusterRoleBinding \"system:discovery\" of ClusterRole \"system:discovery\""
                                + " to Group \"system:authenticated\"");
    }

    private Path write(String document) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), document);
    }
}
