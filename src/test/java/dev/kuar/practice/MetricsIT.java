package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl top} and the aggregation layer behind it, with the real kubectl. */
final class MetricsIT {
    private static final String API = "apiservice/v1beta1.metrics.k8s.io";

    @TempDir
    private Path folder = Path.of("");

    private Path kubectl = Path.of("");

    private ClientRun run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                kubectl.toString(), "--kubeconfig", folder.resolve("kubeconfig").toString()));
        line.addAll(Arrays.asList(arguments));
        return ClientRun.of(folder, Map.of(), "", line);
    }

    private String works(String... arguments) {
        ClientRun run = run(arguments);
        assertThat(run.exit()).as(run.error()).isZero();
        return run.output();
    }

    @Test
    void top_works_as_long_as_a_metrics_server_serves_its_api() throws Exception {
        kubectl = ClientRun.require("kubectl");
        try (PracticeCluster cluster = PracticeCluster.start(
                new ClusterSpec("m", "kind", 2, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()))) {
            Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
            assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
            assertThat(run("top", "nodes").error()).isEqualTo("error: Metrics API not available\n");

            works(
                    "apply",
                    "-f",
                    Path.of("src/it/manifests/metrics-server.yaml")
                            .toAbsolutePath()
                            .toString());
            works("wait", API, "--for=condition=Available", "--timeout=100s");

            assertThat(works("top", "nodes")).contains("m-control-plane", "m-worker", "CPU(cores)");
            assertThat(works("top", "pods", "-n", "kube-system", "--containers"))
                    .contains("etcd-m-control-plane", "coredns");
            assertThat(works("top", "pods", "-n", "kube-system", "-l", "k8s-app=kube-dns")
                            .lines())
                    .hasSize(3);
            assertThat(works("api-resources", "--api-group=metrics.k8s.io")).contains("NodeMetrics", "PodMetrics");
            assertThat(works("get", "nodes.metrics.k8s.io")).contains("NAME", "WINDOW", "m-worker");
            assertThat(run("get", "pods.metrics.k8s.io", "none").error())
                    .contains("podmetrics.metrics.k8s.io \"default/none\" not found");

            works("-n", "kube-system", "scale", "deployment", "metrics-server", "--replicas=0");
            works("wait", API, "--for=condition=Available=false", "--timeout=100s");
            assertThat(works("get", API)).contains("False (MissingEndpoints)");
            assertThat(run("top", "nodes").error()).isEqualTo("error: Metrics API not available\n");
        }
    }
}
