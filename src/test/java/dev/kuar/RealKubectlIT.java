package dev.kuar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.Launcher.Result;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real kubectl against {@code practice serve}: 1.27 speaks SPDY in exec, 1.33 WebSocket; in 1.27 port-forward is SPDY,
 * in 1.33 SPDY within a WebSocket.
 */
final class RealKubectlIT {
    @TempDir
    private static Path folder = Path.of("");

    private static Launcher.Running serving;

    private Path kubectl = Path.of("");

    @BeforeAll
    static void serve() throws Exception {
        serving = new Launcher(folder)
                .start("practice", "serve", "--nodes", "2", "--ephemeral", "--kubeconfig", config());
        serving.awaitOutput("ready");
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    private void use(String name) {
        Optional<Path> found = Launcher.installed(name);
        Assumptions.assumeTrue(found.isPresent(), () -> "skipped: " + name + " is not installed");
        kubectl = found.orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubectl.1.27", "kubectl.1.33"})
    void reads_version_nodes_namespaces_and_pods(String name) throws Exception {
        use(name);
        assertThat(ok("version"))
                .contains("v" + name.substring("kubectl.".length()) + ".")
                .containsPattern("Server Version: .*v1\\.36\\.2");
        assertThat(ok("get", "nodes"))
                .containsPattern("my-cluster-control-plane +Ready +control-plane ")
                .containsPattern("my-cluster-worker +Ready +<none> ");
        assertThat(ok("get", "ns")).contains("default", "kube-node-lease", "kube-public", "kube-system");
        assertThat(ok("get", "pods", "-A")).contains("etcd-my-cluster-control-plane", "coredns-", "kube-proxy-");
        assertThat(ok("get", "nodes", "-o", "jsonpath={.items[*].metadata.name}"))
                .isEqualTo("my-cluster-control-plane my-cluster-worker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubectl.1.27", "kubectl.1.33"})
    void makes_scales_and_deletes_a_deployment(String name) throws Exception {
        use(name);
        assertThat(ok("create", "deployment", "web", "--image=nginx", "--replicas=1"))
                .isEqualTo("deployment.apps/web created\n");
        ok("rollout", "status", "deployment/web", "--timeout=120s");
        assertThat(ok("scale", "deployment/web", "--replicas=3")).isEqualTo("deployment.apps/web scaled\n");
        assertThat(ok("wait", "deployment/web", "--for=jsonpath={.status.readyReplicas}=3", "--timeout=120s"))
                .contains("condition met");
        assertThat(ok("logs", "deployment/web")).contains("start worker process");
        assertThat(ok("describe", "deployment", "web")).contains("3 desired | 3 updated | 3 total | 3 available");
        assertThat(ok("delete", "deployment", "web", "--wait")).contains("deployment.apps \"web\" deleted");
        assertThat(run("get", "deployment", "web").err())
                .isEqualTo("Error from server (NotFound): deployments.apps \"web\" not found\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubectl.1.27", "kubectl.1.33"})
    void applies_waits_executes_and_forwards(String name) throws Exception {
        use(name);
        Path manifest = folder.resolve("box.yaml");
        Files.writeString(manifest, """
                apiVersion: v1
                kind: Pod
                metadata: {name: box, labels: {app: box}}
                spec:
                  containers: [{name: web, image: nginx, ports: [{containerPort: 80}]}]
                """);
        assertThat(ok("apply", "-f", manifest.toString())).isEqualTo("pod/box created\n");
        assertThat(ok("wait", "--for=condition=Ready", "pod/box", "--timeout=120s"))
                .isEqualTo("pod/box condition met\n");
        assertThat(ok("apply", "-f", manifest.toString())).isEqualTo("pod/box unchanged\n");
        assertThat(ok("exec", "box", "--", "sh", "-c", "echo out; exit 0")).isEqualTo("out\n");
        assertThat(run("exec", "box", "--", "sh", "-c", "exit 3").exit()).isEqualTo(3);
        assertThat(new Launcher(kubectl, folder)
                        .typing("typed\n")
                        .run("--kubeconfig", config(), "exec", "-i", "box", "--", "cat")
                        .out())
                .isEqualTo("typed\n");
        try (Launcher.Running forward =
                new Launcher(kubectl, folder).start("--kubeconfig", config(), "port-forward", "pod/box", ":80")) {
            String said = forward.awaitOutput("Forwarding from 127.0.0.1:");
            String port = said.replaceAll("(?s).*?127\\.0\\.0\\.1:(\\d+).*", "$1");
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> page = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body()).contains("Welcome to nginx!");
            }
        }
        assertThat(ok("delete", "-f", manifest.toString())).contains("pod \"box\" deleted");
    }

    private String ok(String... words) throws Exception {
        Result result = run(words);
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result.out();
    }

    private Result run(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("--kubeconfig", config()));
        all.addAll(List.of(words));
        return new Launcher(kubectl, folder).run(all.toArray(String[]::new));
    }

    private static String config() {
        return folder.resolve("config").toString();
    }
}
