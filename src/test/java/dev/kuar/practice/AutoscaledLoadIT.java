package dev.kuar.practice;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The walk through a horizontal pod autoscaler: a server that costs CPU, its metrics, load on its Service, and its end; the
 * cluster's time runs eight times as fast.
 */
final class AutoscaledLoadIT {
    private static final String MANIFEST = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: php-apache}
            spec:
              selector: {matchLabels: {run: php-apache}}
              template:
                metadata: {labels: {run: php-apache}}
                spec:
                  containers:
                    - name: php-apache
                      image: registry.k8s.io/hpa-example
                      resources: {limits: {cpu: 500m}, requests: {cpu: 200m}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: php-apache}
            spec: {ports: [{port: 80}], selector: {run: php-apache}}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: php-apache}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: php-apache}
              maxReplicas: 5
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 20}}}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: load}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
                - name: load
                  image: busybox
                  command: [sh, -c, 'while sleep 0.01; do wget -q -O- http://php-apache; done']
            """;

    @Test
    void load_brings_replicas_and_its_end_takes_them_away() throws Exception {
        try (PracticeCluster cluster = PracticeCluster.start(new ClusterSpec(
                        "l", "kind", 2, ClusterSpec.DEFAULT_VERSION, Optional.empty(), 0, Optional.empty()));
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                        .build()) {
            assertThat(cluster.waitReady(Duration.ofMinutes(5)).missing()).isEmpty();
            cluster.runAt(8);
            try (InputStream metrics = Files.newInputStream(Path.of("src/it/manifests/metrics-server.yaml"))) {
                client.load(metrics).create();
            }
            client.load(new ByteArrayInputStream(MANIFEST.getBytes(StandardCharsets.UTF_8)))
                    .inNamespace("default")
                    .create();
            Resource<HorizontalPodAutoscaler> scaler = client.autoscaling()
                    .v2()
                    .horizontalPodAutoscalers()
                    .inNamespace("default")
                    .withName("php-apache");

            until(scaler, s -> Objects.requireNonNullElse(s.getStatus().getCurrentReplicas(), 0) > 1);
            assertThat(scaler.get().getStatus().getConditions())
                    .anyMatch(condition -> condition.getType().equals("ScalingActive")
                            && condition.getReason().equals("ValidMetricFound"));
            assertThat(said(client))
                    .anyMatch(text -> text.matches("New size: \\d; reason: cpu resource utilization"
                            + " \\(percentage of request\\) above target"));

            Resource<Pod> load = client.pods().inNamespace("default").withName("load");
            load.delete();
            until(scaler, s -> s.getStatus().getCurrentReplicas() == 1);
            assertThat(said(client)).anyMatch(text -> text.endsWith("; reason: All metrics below target"));
        }
    }

    private static java.util.List<String> said(KubernetesClient client) {
        return client.v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> event.getReason().equals("SuccessfulRescale"))
                .map(event -> event.getMessage())
                .toList();
    }

    private static <T> void until(Resource<T> resource, Predicate<T> holds) {
        assertThat(resource.waitUntilCondition(each -> each != null && holds.test(each), 8, TimeUnit.MINUTES))
                .isNotNull();
    }
}
