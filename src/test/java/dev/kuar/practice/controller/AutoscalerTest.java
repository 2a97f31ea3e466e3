package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The autoscaler in made-up load, minutes passing at once. */
final class AutoscalerTest {
    private static final Duration TICK = Duration.ofSeconds(15);

    private final Bench bench = new Bench();
    private final Map<String, Long> used = new LinkedHashMap<>();
    private long each = -1;
    private boolean served = true;

    /** A metrics server that says of every running pod what the test wants. */
    private final class Metrics implements AggregatedApis {
        @Override
        public String probe(KubeObject apiService) {
            return "";
        }

        @Override
        public Optional<KubeObject> get(String group, String version, String path) {
            if (!served) {
                return Optional.empty();
            }
            assertThat(path).isEqualTo("/namespaces/default/pods?labelSelector=app%3Dweb");
            List<Object> items = new ArrayList<>();
            for (KubeObject pod : bench.all(Kinds.PODS)) {
                Long millis = used.getOrDefault(pod.name(), each);
                if (pod.text("status", "phase").equals("Running") && millis >= 0) {
                    items.add(Trees.map(
                            "metadata",
                            Trees.map("name", pod.name()),
                            "timestamp",
                            bench.context.now(),
                            "window",
                            "15s",
                            "containers",
                            Trees.list(Trees.map("name", "c", "usage", Trees.map("cpu", millis + "m")))));
                }
            }
            return Optional.of(KubeObject.of(Trees.map("items", items)));
        }
    }

    private void start(long replicas, String requests, Map<String, Object> behavior) {
        ReplicaSetController.start(bench.context);
        DeploymentController.start(bench.context);
        AutoscalerController.start(bench.context, new Metrics());
        KubeObject web = KubeObject.create("apps/v1", "Deployment", "default", "web");
        web.set(replicas, "spec", "replicas");
        web.set(Trees.map("app", "web"), "spec", "selector", "matchLabels");
        web.set(Trees.map("app", "web"), "spec", "template", "metadata", "labels");
        Map<String, Object> container = Trees.map("name", "c", "image", "nginx");
        if (!requests.isEmpty()) {
            container.put("resources", Trees.map("requests", Trees.map("cpu", requests)));
        }
        web.set(Trees.list(container), "spec", "template", "spec", "containers");
        bench.client.create(Kinds.DEPLOYMENTS, "default", web);
        KubeObject scaler = KubeObject.create("autoscaling/v2", "HorizontalPodAutoscaler", "default", "web");
        scaler.set(Trees.map("apiVersion", "apps/v1", "kind", "Deployment", "name", "web"), "spec", "scaleTargetRef");
        scaler.set(1L, "spec", "minReplicas");
        scaler.set(10L, "spec", "maxReplicas");
        scaler.set(
                Trees.list(Trees.map(
                        "type",
                        "Resource",
                        "resource",
                        Trees.map(
                                "name", "cpu", "target", Trees.map("type", "Utilization", "averageUtilization", 50L)))),
                "spec",
                "metrics");
        if (!behavior.isEmpty()) {
            scaler.set(behavior, "spec", "behavior");
        }
        bench.client.create(Kinds.AUTOSCALERS, "default", scaler);
        pods();
    }

    /** Pods run, ready since their start, which lies an hour back unless a test says otherwise. */
    private void pods() {
        bench.kubelets();
        for (KubeObject pod : bench.all(Kinds.PODS)) {
            if (pod.text("status", "startTime").isEmpty()) {
                KubeObject old = pod.copy();
                old.set(bench.clock.now().minus(Duration.ofHours(1)).toString(), "status", "startTime");
                old.set(
                        Trees.list(Trees.map(
                                "type",
                                "Ready",
                                "status",
                                "True",
                                "lastTransitionTime",
                                bench.clock.now().minus(Duration.ofMinutes(59)).toString())),
                        "status",
                        "conditions");
                bench.client.updateSubresource(Kinds.PODS, "status", old);
            }
        }
        bench.settle();
    }

    private void tick() {
        bench.advance(TICK);
        pods();
    }

    private long replicas() {
        return bench.get(Kinds.DEPLOYMENTS, "default", "web").number(1, "spec", "replicas");
    }

    private List<String> conditions() {
        return bench.get(Kinds.AUTOSCALERS, "default", "web").maps("status", "conditions").stream()
                .map(c -> c.get("type") + "=" + c.get("status") + " " + c.get("reason") + ": " + c.get("message"))
                .toList();
    }

    private List<String> said() {
        return bench.events().stream()
                .filter(e -> e.startsWith("Failed") || e.startsWith("Successful") && e.contains("New size"))
                .toList();
    }

    @Test
    void scales_up_by_load_and_down_five_minutes_after_it_is_gone() {
        start(1, "200m", Map.of());
        each = 500;
        tick();
        assertThat(replicas()).isEqualTo(4);
        assertThat(said())
                .containsExactly(
                        "SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of request) above"
                                + " target");
        assertThat(conditions())
                .containsExactly(
                        "AbleToScale=True SucceededRescale: the HPA controller was able to update the target scale to 4",
                        "ScalingActive=True ValidMetricFound: the HPA was able to successfully calculate a replica count"
                                + " from cpu resource utilization (percentage of request)",
                        "ScalingLimited=True ScaleUpLimit: the desired replica count is increasing faster than the"
                                + " maximum scale rate");
        KubeObject scaler = bench.get(Kinds.AUTOSCALERS, "default", "web");
        assertThat(scaler.number(0, "status", "currentReplicas")).isEqualTo(1);
        assertThat(scaler.number(0, "status", "desiredReplicas")).isEqualTo(4);
        assertThat(scaler.maps("status", "currentMetrics").toString())
                .isEqualTo(
                        "[{type=Resource, resource={name=cpu, current={averageUtilization=250, averageValue=500m}}}]");

        each = 125;
        tick();
        assertThat(replicas()).isEqualTo(5);
        each = 100;
        tick();
        assertThat(replicas()).isEqualTo(5);
        assertThat(conditions().get(2))
                .isEqualTo("ScalingLimited=False DesiredWithinRange: the desired count is within the acceptable range");

        each = 10;
        tick();
        assertThat(replicas()).isEqualTo(5);
        assertThat(conditions().get(0))
                .isEqualTo("AbleToScale=True ScaleDownStabilized: recent recommendations were higher than current one,"
                        + " applying the highest recent recommendation");
        bench.advance(Duration.ofSeconds(270));
        assertThat(replicas()).isEqualTo(5);
        bench.advance(Duration.ofSeconds(45));
        assertThat(replicas()).isEqualTo(1);
        assertThat(said()).last().isEqualTo("SuccessfulRescale: New size: 1; reason: All metrics below target");
    }

    @Test
    void stays_within_its_tolerance_and_its_maximum() {
        start(2, "200m", Map.of());
        each = 109;
        tick();
        assertThat(replicas()).isEqualTo(2);
        each = 2000;
        tick();
        tick();
        tick();
        assertThat(replicas()).isEqualTo(10);
        tick();
        assertThat(conditions().get(2))
                .isEqualTo("ScalingLimited=True TooManyReplicas: the desired replica count is more than the maximum"
                        + " replica count");
    }

    @Test
    void says_why_it_can_not_compute() {
        start(1, "", Map.of());
        served = false;
        tick();
        String none =
                "failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from"
                        + " resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)";
        assertThat(said())
                .containsExactly(
                        "FailedGetResourceMetric: " + none,
                        "FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error is: failed to get"
                                + " cpu resource metric value: " + none);
        assertThat(conditions())
                .contains(
                        "ScalingActive=False FailedGetResourceMetric: the HPA was unable to compute the replica count: "
                                + none);
        served = true;
        tick();
        assertThat(conditions().get(1)).endsWith("no metrics returned from resource metrics API");
        each = 10;
        tick();
        assertThat(conditions().get(1))
                .contains("failed to get cpu utilization: missing request for cpu in container c of Pod web-");
        assertThat(replicas()).isEqualTo(1);
    }

    @Test
    void a_missing_target_is_said_with_the_servers_words() {
        start(1, "200m", Map.of());
        bench.client.delete(Kinds.DEPLOYMENTS, "default", "web", dev.kuar.practice.api.ApiClient.DeleteOptions.DEFAULT);
        tick();
        assertThat(conditions())
                .containsExactly("AbleToScale=False FailedGetScale: the HPA controller was unable to get the target's"
                        + " current scale: deployments.apps \"web\" not found");
    }

    @Test
    void brings_a_target_within_its_bounds_without_looking_at_metrics() {
        start(12, "200m", Map.of());
        served = false;
        tick();
        assertThat(replicas()).isEqualTo(10);
        assertThat(said())
                .containsExactly("SuccessfulRescale: New size: 10; reason: Current number of replicas above"
                        + " Spec.MaxReplicas");
    }

    @Test
    void a_target_of_none_is_left_alone() {
        start(0, "200m", Map.of());
        tick();
        assertThat(replicas()).isZero();
        assertThat(conditions())
                .contains(
                        "ScalingActive=False ScalingDisabled: scaling is disabled since the replica count of the target"
                                + " is zero");
    }

    /** What has no metrics yet counts as idle when it would scale up, as fully busy when it would scale down. */
    @Test
    void pods_without_metrics_make_it_careful() {
        start(4, "200m", Map.of());
        List<KubeObject> pods = bench.all(Kinds.PODS);
        used.put(pods.get(0).name(), 160L);
        used.put(pods.get(1).name(), 160L);
        tick();
        assertThat(replicas()).isEqualTo(4);
        used.replaceAll((pod, millis) -> 300L);
        tick();
        assertThat(replicas()).isEqualTo(6);
    }

    @Test
    void behavior_sets_rates_and_windows() {
        start(
                8,
                "200m",
                Trees.map(
                        "scaleUp",
                        Trees.map(
                                "stabilizationWindowSeconds",
                                0L,
                                "selectPolicy",
                                "Max",
                                "policies",
                                Trees.list(Trees.map("type", "Pods", "value", 1L, "periodSeconds", 60L))),
                        "scaleDown",
                        Trees.map(
                                "stabilizationWindowSeconds",
                                0L,
                                "selectPolicy",
                                "Max",
                                "policies",
                                Trees.list(Trees.map("type", "Percent", "value", 50L, "periodSeconds", 60L)))));
        each = 10;
        tick();
        assertThat(replicas()).isEqualTo(4);
        assertThat(conditions().get(2))
                .isEqualTo("ScalingLimited=True ScaleDownLimit: the desired replica count is decreasing faster than the"
                        + " maximum scale rate");
        tick();
        assertThat(replicas()).isEqualTo(4);
        tick();
        tick();
        tick();
        assertThat(replicas()).isEqualTo(2);
        each = 100;
        bench.advance(Duration.ofSeconds(75));
        each = 1000;
        tick();
        assertThat(replicas()).isEqualTo(3);
        tick();
        assertThat(replicas()).isEqualTo(3);
        assertThat(conditions().get(2)).startsWith("ScalingLimited=True ScaleUpLimit");
    }

    @Test
    void metrics_that_were_not_looked_at_are_not_shown() {
        start(2, "200m", Map.of());
        each = 100;
        tick();
        assertThat(bench.get(Kinds.AUTOSCALERS, "default", "web").maps("status", "currentMetrics"))
                .hasSize(1);
        KubeObject less = bench.get(Kinds.AUTOSCALERS, "default", "web").copy();
        less.set(1L, "spec", "maxReplicas");
        bench.client.update(Kinds.AUTOSCALERS, less);
        tick();
        assertThat(bench.get(Kinds.AUTOSCALERS, "default", "web").at("status", "currentMetrics"))
                .isNull();
        assertThat(replicas()).isEqualTo(1);
    }

    @Test
    void pods_that_two_autoscalers_want_are_told_once_both_are_known() {
        start(2, "200m", Map.of());
        each = 500;
        KubeObject rival = bench.get(Kinds.AUTOSCALERS, "default", "web").copy();
        rival.set("rival", "metadata", "name");
        bench.client.create(Kinds.AUTOSCALERS, "default", rival);
        tick();
        tick();
        String why = "pods by selector app=web are controlled by multiple HPAs: [default/rival default/web]";
        assertThat(conditions()).contains("ScalingActive=False AmbiguousSelector: " + why);
        assertThat(bench.events()).contains("AmbiguousSelector: " + why, "FailedComputeMetricsReplicas: " + why);
    }

    @Test
    void what_is_not_ready_is_said_before_what_is_not_requested() {
        start(1, "", Map.of());
        each = 10;
        KubeObject pod = bench.all(Kinds.PODS).get(0).copy();
        pod.set(bench.context.now(), "status", "startTime");
        pod.set(
                Trees.list(Trees.map("type", "Ready", "status", "False", "lastTransitionTime", bench.context.now())),
                "status",
                "conditions");
        bench.client.updateSubresource(Kinds.PODS, "status", pod);
        bench.advance(TICK);
        assertThat(conditions().get(1))
                .endsWith("failed to get cpu utilization: did not receive metrics for targeted pods (pods might be"
                        + " unready)");
    }
}
