package dev.kuar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.Kubeconfig;
import dev.kuar.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-ins of minikube and docker. */
final class LocalToolsTest {
    @TempDir
    private Path folder;

    private final FakeHost host = new FakeHost();

    /** What was asked of kubectl, and the kinds of the objects that were sent along. */
    private final List<String> asked = new ArrayList<>();

    private final Program kubectl = run -> {
        String kinds;
        try {
            kinds = new String(run.input().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("kind: "))
                    .map(line -> line.substring(6))
                    .collect(Collectors.joining(","));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        asked.add(String.join(" ", run.arguments()) + " " + kinds);
        return 0;
    };

    private ToolRun minikube(String line) throws InterruptedException {
        return ToolRun.of(new MinikubeTool(host, kubectl), folder, "minikube", line.split(" "));
    }

    @Test
    void starts_stops_starts_and_deletes() throws InterruptedException {
        assertThat(minikube("start").output())
                .endsWith(
                        "🏄  Done! kubectl is now configured to use \"minikube\" cluster and \"default\" namespace by default\n");
        assertThat(host.find("minikube").orElseThrow().nodes()).isEqualTo(1);
        assertThat(minikube("stop").output()).contains("🛑  1 node stopped.");
        assertThat(host.find("minikube").orElseThrow().running()).isFalse();
        assertThat(minikube("status").exit()).isEqualTo(7);
        assertThat(minikube("ip").exit()).isEqualTo(83);
        assertThat(minikube("start").output()).contains("Restarting existing docker container");
        assertThat(minikube("status").output()).contains("apiserver: Running");
        assertThat(minikube("delete").output()).endsWith("💀  Removed all traces of the \"minikube\" cluster.\n");
        assertThat(Kubeconfig.load(folder.resolve("kubeconfig")).contexts()).isEmpty();
        assertThat(minikube("status").exit()).isEqualTo(85);
    }

    @Test
    void several_nodes_and_profiles() throws InterruptedException {
        minikube("start --nodes 3 -p two");
        assertThat(minikube("profile list").output()).contains("two").contains("3");
        assertThat(minikube("node list -p two").output()).contains("two-m03");
        assertThat(minikube("start --frob").error())
                .isEqualTo("Error: unknown flag: --frob\nSee 'minikube start --help' for usage.\n");
    }

    @Test
    void docker_shows_nodes_as_containers() throws InterruptedException {
        ToolRun.of(new KindTool(host), folder, "kind", "create", "cluster");
        ToolRun ps = ToolRun.of(new DockerTool(host), folder, "docker", "ps");
        assertThat(ps.output()).contains("kindest/node:v1.36.2").contains("kind-control-plane");
        assertThat(ToolRun.of(new DockerTool(host), folder, "docker", "run", "x")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void an_addon_is_objects_that_are_applied_and_deleted_again() throws InterruptedException {
        minikube("start");
        assertThat(minikube("addons list").output())
                .startsWith("┌──────────────────────┬──────────┬────────────┬────────────┐\n"
                        + "│      ADDON NAME      │ PROFILE  │   STATUS   │ MAINTAINER │\n")
                .contains("│ default-storageclass │ minikube │ enabled ✅ │ Kubernetes │\n")
                .contains("│ metrics-server       │ minikube │ disabled   │ Kubernetes │\n");

        ToolRun enabled = minikube("addons enable metrics-server");

        assertThat(enabled.output())
                .isEqualTo(
                        "💡  metrics-server is an addon maintained by Kubernetes. For any concerns contact minikube on GitHub.\n"
                                + "You can view the list of minikube maintainers at: https://github.com/kubernetes/minikube/blob/master/OWNERS\n"
                                + "    ▪ Using image registry.k8s.io/metrics-server/metrics-server:v0.8.0\n"
                                + "🌟  The 'metrics-server' addon is enabled\n");
        assertThat(asked)
                .containsExactly(
                        "apply -f - --context=minikube ServiceAccount,ClusterRole,ClusterRole,ClusterRoleBinding,"
                                + "ClusterRoleBinding,Service,Deployment,APIService");
        assertThat(minikube("addons list").output()).contains("│ metrics-server       │ minikube │ enabled ✅ │");
        assertThat(minikube("addons disable metrics-server").output())
                .isEqualTo("🌑  \"The 'metrics-server' addon is disabled\n");
        assertThat(minikube("addons list").output()).contains("│ metrics-server       │ minikube │ disabled   │");
        assertThat(minikube("addons enable ingress").output()).contains("🔎  Verifying ingress addon...\n");
        assertThat(asked).last().asString().startsWith("rollout status deployment/ingress-nginx-controller");
        assertThat(minikube("addons enable nosuch").error())
                .contains("addon 'nosuch' is not a valid addon packaged with minikube.");
        assertThat(minikube("delete").exit()).isZero();
        assertThat(minikube("addons list").exit()).isEqualTo(85);
    }

    @Test
    void start_enables_the_addons_that_it_is_told() throws InterruptedException {
        assertThat(minikube("start --addons=dashboard,metrics-server").output())
                .contains("Some dashboard features require the metrics-server addon.")
                .contains("🌟  The 'metrics-server' addon is enabled");
        assertThat(asked).hasSize(2);
    }
}
