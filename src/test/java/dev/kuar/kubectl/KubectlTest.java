package dev.kuar.kubectl;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs kubectl against recorded answers of a real cluster and compares with what the real kubectl printed. */
final class KubectlTest {
    private static final Path GOLDEN =
            Path.of("../../shared/golden").toAbsolutePath().normalize();
    private RecordedCluster cluster;

    @BeforeEach
    void record() throws IOException {
        Path golden = Files.isDirectory(GOLDEN)
                ? GOLDEN
                : Path.of("../shared/golden").toAbsolutePath().normalize();
        Assumptions.assumeTrue(Files.isDirectory(golden), "skipped: the recordings are not beside the project");
        Path http = golden.resolve("http");
        cluster = new RecordedCluster()
                .onFile("GET", "/api", http.resolve("010-api-agg-v2/response-body"))
                .onFile("GET", "/apis", http.resolve("011-apis-agg-v2/response-body"))
                .onFile("GET", "/version", http.resolve("001-version/response-body"))
                .onFile("GET", "/api/v1/nodes", http.resolve("093-nodes-list/response-body"))
                .onFile("GET", "/api/v1/nodes table", http.resolve("094-nodes-table/response-body"))
                .onFile("GET", "/api/v1/namespaces table", http.resolve("102-namespaces-table/response-body"))
                .onFile("GET", "/api/v1/namespaces", http.resolve("101-namespaces-list/response-body"));
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void prints_nodes_as_a_table_and_reports_the_rows() throws Exception {
        RecordedCluster.Result result = cluster.run("get", "nodes");

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().findFirst())
                .hasValueSatisfying(head -> assertThat(head).matches("NAME +STATUS +ROLES +AGE +VERSION"));
        assertThat(result.out()).contains("my-cluster-worker          Ready    <none>");
        assertThat(cluster.reports).hasSize(1);
        assertThat(cluster.reports.get(0).rows()).anySatisfy(row -> assertThat(row)
                .containsEntry("name", "my-cluster-worker")
                .containsEntry("status", "Ready"));
    }

    @Test
    void prints_versions() throws Exception {
        assertThat(cluster.run("version").out())
                .isEqualTo("Client Version: v1.36.2\nKustomize Version: v5.8.1\nServer Version: v1.36.2\n");
    }

    @Test
    void prints_names_and_paths() throws Exception {
        assertThat(cluster.run("get", "nodes", "-o", "name").out())
                .isEqualTo("node/my-cluster-control-plane\nnode/my-cluster-worker\n");
        assertThat(cluster.run("get", "no", "-ojsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}")
                        .out())
                .isEqualTo("my-cluster-control-plane\nmy-cluster-worker\n");
        assertThat(cluster.run(
                                "get",
                                "nodes",
                                "-o=jsonpath={.items[*].status.addresses[?(@.type==\"Hostname\")].address}")
                        .out())
                .isEqualTo("my-cluster-control-plane my-cluster-worker");
        assertThat(cluster.run("get", "ns", "-o", "go-template={{range .items}}{{.metadata.name}} {{end}}")
                        .out())
                .startsWith("default ");
    }

    @Test
    void words_mistakes_as_kubectl() throws Exception {
        assertThat(cluster.run("get", "nodes", "--nope"))
                .isEqualTo(new RecordedCluster.Result(
                        "", "error: unknown flag: --nope\nSee 'kubectl get --help' for usage.\n", 1));
        assertThat(cluster.run("get", "nothing").err())
                .isEqualTo("error: the server doesn't have a resource type \"nothing\"\n");
        assertThat(cluster.run("nope").err()).startsWith("error: unknown command \"nope\" for \"kubectl\"");
        assertThat(cluster.run("get", "pod", "x", "-A").err())
                .isEqualTo("error: a resource cannot be retrieved by name across all namespaces\n");
        assertThat(cluster.run("version", "-o", "wide").err()).isEqualTo("error: --output must be 'yaml' or 'json'\n");
    }

    @Test
    void generates_without_a_cluster_what_kubectl_generates() throws Exception {
        String yaml = cluster.run(
                        "create",
                        "-n",
                        "rw-gen",
                        "deployment",
                        "d1",
                        "--image=nginx:1.27",
                        "--replicas=2",
                        "--port=80",
                        "--dry-run=client",
                        "-o",
                        "yaml")
                .out();
        assertThat(yaml).startsWith("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    app: d1\n");
        assertThat(yaml).contains("      containers:\n      - image: nginx:1.27\n        name: nginx\n");
    }

    @Test
    void says_that_a_server_refuses_connections() throws Exception {
        RecordedCluster.Result result = cluster.run("--server=http://127.0.0.1:1", "get", "pods");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .contains("couldn't get current server API group list")
                .endsWith("The connection to the server 127.0.0.1:1 was refused - did you specify the right host or "
                        + "port?\n");
    }

    @Test
    void applies_a_file_that_is_new_and_reports_it() throws Exception {
        cluster.on(
                "POST",
                "/api/v1/namespaces/default/configmaps",
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\","
                        + "\"metadata\":{\"name\":\"a\",\"namespace\":\"default\"}}");
        cluster.typing("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n");

        assertThat(cluster.run("apply", "-f", "-"))
                .isEqualTo(new RecordedCluster.Result("configmap/a created\n", "", 0));
        assertThat(cluster.reports).singleElement().satisfies(report -> {
            assertThat(report.verb()).isEqualTo("apply");
            assertThat(report.kind()).isEqualTo("ConfigMap");
            assertThat(report.names()).containsExactly("a");
        });
    }

    @Test
    void reports_what_was_asked_for_when_it_is_not_there() throws Exception {
        assertThat(cluster.run("describe", "node", "nowhere").exit()).isEqualTo(1);
        assertThat(cluster.run("exec", "-it", "nowhere", "--", "/bin/sh").exit())
                .isEqualTo(1);

        assertThat(cluster.reports).hasSize(2);
        assertThat(cluster.reports.get(0)).satisfies(report -> {
            assertThat(report.verb()).isEqualTo("describe");
            assertThat(report.kind()).isEqualTo("Node");
            assertThat(report.names()).containsExactly("nowhere");
            assertThat(report.rows()).isEmpty();
        });
        assertThat(cluster.reports.get(1)).satisfies(report -> {
            assertThat(report.verb()).isEqualTo("exec");
            assertThat(report.kind()).isEqualTo("Pod");
            assertThat(report.namespace()).isEqualTo("default");
            assertThat(report.names()).containsExactly("nowhere");
        });
    }

    @Test
    void labels_and_unlabels() throws Exception {
        String node =
                "{\"kind\":\"Node\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"n\",\"labels\":{\"a\":\"b\"}}}";
        cluster.on("GET", "/api/v1/nodes/n", node).on("PATCH", "/api/v1/nodes/n", node);

        assertThat(cluster.run("label", "node", "n", "c=d").out()).isEqualTo("node/n labeled\n");
        assertThat(cluster.run("label", "node", "n", "a=c").err())
                .isEqualTo("error: 'a' already has a value (b), and --overwrite is false\n");
        assertThat(cluster.run("label", "node", "n", "a-").out()).isEqualTo("node/n unlabeled\n");
        assertThat(cluster.run("label", "node", "n", "x-").out())
                .isEqualTo("label \"x\" not found.\nnode/n not labeled\n");
    }

    @Test
    void a_static_pods_events_are_those_of_itself() throws Exception {
        String pods = "/api/v1/namespaces/kube-system/pods/etcd";
        cluster.on("GET", pods, """
                        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"etcd","namespace":"kube-system","uid":"u1",
                         "annotations":{"kubernetes.io/config.mirror":"of-a-file"}},"spec":{"containers":[]},"status":{}}""").on("GET", "/api/v1/namespaces/kube-system/events", "{\"items\":[]}");

        assertThat(cluster.run("describe", "pod", "-n", "kube-system", "etcd").out())
                .contains("Events:");
        assertThat(cluster.asked)
                .filteredOn(line -> line.contains("/events"))
                .singleElement(as(STRING))
                .contains("involvedObject.uid=of-a-file");
    }

    @Test
    void describes_a_node() throws Exception {
        String nodes = cluster.run("get", "nodes", "-o", "json").out();
        String worker = String.valueOf(dev.kuar.kubectl.data.Json.pretty(
                new dev.kuar.kubectl.data.Tree(dev.kuar.kubectl.data.Json.parse(nodes))
                        .items("items")
                        .get(1)
                        .value(),
                ""));
        cluster.on("GET", "/api/v1/nodes/my-cluster-worker", worker)
                .on("GET", "/api/v1/pods", "{\"items\":[]}")
                .on("GET", "/api/v1/events", "{\"items\":[]}");

        assertThat(cluster.run("describe", "node", "my-cluster-worker").out())
                .startsWith(
                        "Name:               my-cluster-worker\nRoles:              <none>\nLabels:             beta")
                .contains("Non-terminated Pods:          (0 in total)\n")
                .contains("  cpu                0 (0%)    0 (0%)\n")
                .endsWith("Events:              <none>\n");
    }

    @Test
    void completes_commands_kinds_names_and_flags() throws Exception {
        assertThat(cluster.complete(List.of(), "desc")).containsOnlyKeys("describe");
        assertThat(cluster.complete(List.of("get"), "node")).containsKey("nodes");
        assertThat(cluster.complete(List.of("describe", "node"), "my-cluster-w"))
                .containsOnlyKeys("my-cluster-worker");
        assertThat(cluster.complete(List.of("get", "pods"), "--all")).containsKey("--all-namespaces");
        assertThat(cluster.complete(List.of("get", "pods", "-n"), "kube-s")).containsOnlyKeys("kube-system");
    }
}
