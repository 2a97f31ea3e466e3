package dev.kuar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.Kubeconfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stand-ins of minikube and docker. */
final class LocalToolsTest {
    @TempDir
    private Path folder;

    private final FakeHost host = new FakeHost();

    private ToolRun minikube(String line) throws InterruptedException {
        return ToolRun.of(new MinikubeTool(host), folder, "minikube", line.split(" "));
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
}
