package dev.kuar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.kube.Kubeconfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KindToolTest {
    @TempDir
    private Path folder;

    private final FakeHost host = new FakeHost();

    private ToolRun kind(String... arguments) throws InterruptedException {
        return ToolRun.of(new KindTool(host), folder, "kind", arguments);
    }

    private Kubeconfig kubeconfig() {
        return Kubeconfig.load(folder.resolve("kubeconfig"));
    }

    @Test
    void creates_a_cluster_and_its_context() throws InterruptedException {
        ToolRun run = kind("create", "cluster", "--wait", "5m");
        assertThat(run.exit()).isZero();
        assertThat(run.output()).isEmpty();
        assertThat(run.error())
                .contains("Creating cluster \"kind\" ...")
                .contains(" ✓ Starting control-plane 🕹️")
                .contains(" ✓ Waiting ≤ 5m0s for control-plane = Ready ⏳")
                .contains("Set kubectl context to \"kind-kind\"")
                .contains("kubectl cluster-info --context kind-kind");
        assertThat(kubeconfig().currentContext()).isEqualTo("kind-kind");
        assertThat(host.find("kind").orElseThrow().nodes()).isEqualTo(1);
    }

    @Test
    void refuses_a_name_that_is_taken() throws InterruptedException {
        kind("create", "cluster");
        ToolRun again = kind("create", "cluster");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.error())
                .isEqualTo(
                        "ERROR: failed to create cluster: node(s) already exist for a cluster with the name \"kind\"\n");
    }

    @Test
    void reads_nodes_and_name_from_a_config_file() throws InterruptedException, IOException {
        Files.writeString(folder.resolve("four.yaml"), """
            kind: Cluster
            apiVersion: kind.x-k8s.io/v1alpha4
            name: my-cluster
            nodes:
            - role: control-plane
              image: kindest/node:v1.31.14
            - role: worker
            - role: worker
            - role: worker
            """);
        assertThat(kind("create", "cluster", "--config", "four.yaml").exit()).isZero();
        ClusterHost.Hosted made = host.find("my-cluster").orElseThrow();
        assertThat(made.nodes()).isEqualTo(4);
        assertThat(made.kubernetesVersion()).isEqualTo("v1.31.14");
        assertThat(kind("get", "nodes", "--name=my-cluster").output())
                .isEqualTo("my-cluster-control-plane\nmy-cluster-worker\nmy-cluster-worker2\nmy-cluster-worker3\n");
    }

    @Test
    void deleting_is_idempotent_and_takes_the_context_away() throws InterruptedException {
        kind("create", "cluster");
        ToolRun first = kind("delete", "cluster");
        assertThat(first.error()).isEqualTo("Deleting cluster \"kind\" ...\nDeleted nodes: [\"kind-control-plane\"]\n");
        assertThat(kubeconfig().contexts()).isEmpty();
        assertThat(kind("delete", "cluster").exit()).isZero();
        assertThat(kind("get", "clusters").error()).isEqualTo("No kind clusters found.\n");
    }

    @Test
    void tells_what_ran() throws InterruptedException {
        java.util.List<dev.kuar.process.RunDetails> told = new java.util.ArrayList<>();
        dev.kuar.process.Invocation run = new dev.kuar.process.Invocation(
                "kind",
                java.util.List.of("get", "--name=x", "nodes"),
                java.io.InputStream.nullInputStream(),
                System.out,
                System.err,
                new java.util.HashMap<>(),
                folder,
                dev.kuar.process.TerminalView.NONE);
        assertThat(new KindTool(host).run(run, told::add)).isZero();
        assertThat(told).singleElement().satisfies(d -> {
            assertThat(d.verb()).isEqualTo("get nodes");
            assertThat(d.flags()).containsEntry("name", "x");
        });
    }

    @Test
    void words_mistakes_as_kind_does() throws InterruptedException {
        assertThat(kind("create", "cluster", "--nodes", "3").error()).isEqualTo("ERROR: unknown flag: --nodes\n");
        assertThat(kind("create", "cluster", "--wait", "5").error())
                .isEqualTo("ERROR: invalid argument \"5\" for \"--wait\" flag: time: missing unit in duration \"5\"\n");
        assertThat(kind("crate").error()).isEqualTo("ERROR: unknown command \"crate\" for \"kind\"\n");
        assertThat(kind("create", "cluster", "--config", "none.yaml").error())
                .isEqualTo(
                        "ERROR: failed to create cluster: error reading file: open none.yaml: no such file or directory\n");
        assertThat(kind("create", "cluster", "--name", "My_Cluster").exit()).isEqualTo(1);
        assertThat(host.list()).isEmpty();
    }
}
