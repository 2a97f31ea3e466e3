package dev.kuar.practice.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kuar.practice.controller.AutoscalerMetrics.Asked;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single metrics of an autoscaler come to, and what is said where they come to nothing. */
final class AutoscalerMetricsTest {
    private static final String CUSTOM = ": unable to fetch metrics from custom metrics API: no custom metrics API"
            + " (custom.metrics.k8s.io) registered";
    private static final String EXTERNAL =
            ": unable to fetch metrics from external metrics API: no external metrics API"
                    + " (external.metrics.k8s.io) registered";

    private final Bench bench = new Bench();
    private final List<Object> told = new ArrayList<>();
    private final AutoscalerMetrics metrics = new AutoscalerMetrics(
            new AggregatedApis() {
                @Override
                public String probe(KubeObject apiService) {
                    return "";
                }

                @Override
                public Optional<KubeObject> get(String group, String version, String path) {
                    return Optional.of(KubeObject.of(Trees.map("items", told)));
                }
            },
            bench.context.informer(Kinds.PODS));

    /** {@code container request sidecar-request pod-request}; a dash for none. */
    private static KubeObject pod(String name, String requests) {
        String[] request = requests.split(" ");
        KubeObject pod = KubeObject.create("v1", "Pod", "default", name);
        pod.set("web", "metadata", "labels", "app");
        pod.set("Running", "status", "phase");
        pod.set(Trees.list(container("c", request[0], "")), "spec", "containers");
        if (!request[1].equals("-")) {
            pod.set(Trees.list(container("s", request[1], "Always")), "spec", "initContainers");
        }
        if (!request[2].equals("-")) {
            String[] own = request[2].split("=");
            pod.set(own[1], "spec", "resources", "requests", own[0]);
        }
        return pod;
    }

    private static Map<String, Object> container(String name, String request, String restarts) {
        Map<String, Object> container = Trees.map("name", name);
        if (!request.equals("-")) {
            container.put("resources", Trees.map("requests", Trees.map("memory", request)));
        }
        if (!restarts.isEmpty()) {
            container.put("restartPolicy", restarts);
        }
        return container;
    }

    private void uses(String pod, String... containersAndMemory) {
        List<Object> containers = new ArrayList<>();
        for (int i = 0; i < containersAndMemory.length; i += 2) {
            String memory = containersAndMemory[i + 1];
            containers.add(Trees.map(
                    "name",
                    containersAndMemory[i],
                    "usage",
                    memory.isEmpty() ? Map.of() : Trees.map("memory", memory)));
        }
        told.add(Trees.map(
                "metadata",
                Trees.map("name", pod),
                "timestamp",
                bench.context.now(),
                "window",
                "15s",
                "containers",
                containers));
    }

    private Asked ask(Map<String, Object> metric) throws AutoscalerMetrics.Failure {
        KubeObject scaler = KubeObject.create("autoscaling/v2", "HorizontalPodAutoscaler", "default", "web");
        return metrics.ask(scaler, KubeObject.of(metric), LabelSelector.parse("app=web"), 2, bench.context.instant());
    }

    private static Map<String, Object> memory(String container) {
        Map<String, Object> source =
                Trees.map("name", "memory", "target", Trees.map("type", "Utilization", "averageUtilization", 50L));
        if (container.isEmpty()) {
            return Trees.map("type", "Resource", "resource", source);
        }
        source.put("container", container);
        return Trees.map("type", "ContainerResource", "containerResource", source);
    }

    @Test
    void memory_is_shown_in_binary_units() throws AutoscalerMetrics.Failure {
        bench.client.create(Kinds.PODS, "default", pod("a", "100Mi - -"));
        uses("a", "c", "51200Ki");
        assertThat(ask(memory("")).status().toString()).contains("averageUtilization=50, averageValue=50Mi");
    }

    @Test
    void a_pod_of_which_not_everything_is_told_is_missing() throws AutoscalerMetrics.Failure {
        bench.client.create(Kinds.PODS, "default", pod("a", "100Mi 100Mi -"));
        bench.client.create(Kinds.PODS, "default", pod("b", "100Mi 100Mi -"));
        uses("a", "c", "150Mi", "s", "150Mi");
        uses("b", "c", "150Mi", "s", "");
        assertThat(ask(memory("")).status().toString()).contains("averageUtilization=150, averageValue=300Mi");
        assertThat(ask(memory("s")).status().toString()).contains("averageUtilization=150, averageValue=150Mi");
        told.clear();
        uses("a", "other", "1Mi");
        assertThatThrownBy(() -> ask(memory("c")))
                .hasMessage("failed to get memory utilization: did not receive metrics for targeted pods (pods might be"
                        + " unready)");
    }

    @ParameterizedTest
    @CsvSource({
        "1Mi - -, '', 1048576000",
        "1Mi 1Mi -, '', 2097152000",
        "1Mi 1Mi -, s, 1048576000",
        "1Mi 1Mi memory=5Mi, '', 5242880000",
        "1Mi 1Mi memory=5Mi, c, 1048576000",
        "1Mi - cpu=1, '', 1048576000",
        "- - cpu=1, '', missing pod-level request for memory in Pod a",
        "- - -, '', missing request for memory in container c of Pod a",
        "1Mi - -, x, container x not found in Pod a",
    })
    void requests_are_the_pods_or_its_containers(String requests, String container, String expected) {
        String found;
        try {
            found = String.valueOf(PodRequests.of(List.of(pod("a", requests)), container, "memory")
                    .get("a"));
        } catch (ReplicaCalculator.NoProposal none) {
            found = none.getMessage();
        }
        assertThat(found).isEqualTo(expected);
    }

    private static Map<String, Object> custom(String type, String field, String target) {
        return Trees.map(
                "type",
                type,
                field,
                Trees.map(
                        "metric",
                        Trees.map("name", "hits", "selector", Trees.map("matchLabels", Trees.map("b", "2", "a", "1"))),
                        "describedObject",
                        Trees.map("kind", "Ingress", "name", "main"),
                        "target",
                        Trees.map("type", target, target.equals("Value") ? "value" : "averageValue", "5")));
    }

    @ParameterizedTest
    @CsvSource({
        "Pods, pods, AverageValue, FailedGetPodsMetric",
        "Object, object, Value, FailedGetObjectMetric",
        "Object, object, AverageValue, FailedGetObjectMetric",
        "External, external, Value, FailedGetExternalMetric",
        "External, external, AverageValue, FailedGetExternalMetric",
    })
    void metrics_that_nobody_serves_are_named(String type, String field, String target, String reason) {
        AutoscalerMetrics.Failure failure =
                MetricsWithoutServer.failure("default", KubeObject.of(custom(type, field, target)));
        String selector = "&LabelSelector{MatchLabels:map[string]string{a: 1,b: 2,},MatchExpressions:"
                + "[]LabelSelectorRequirement{},}";
        String message =
                switch (type) {
                    case "Pods" -> "unable to get metric hits" + CUSTOM;
                    case "Object" -> "unable to get metric hits: Ingress on default main/" + CUSTOM.substring(2);
                    default -> "unable to get external metric default/hits/" + selector + EXTERNAL;
                };
        boolean average = target.equals("AverageValue");
        String around =
                switch (type) {
                    case "Pods" -> "failed to get pods metric value: ";
                    case "Object" ->
                        "failed to get object metric value: " + (average ? "failed to get hits object metric: " : "");
                    default ->
                        "failed to get hits external metric value: "
                                + (average
                                        ? "failed to get hits external metric: "
                                        : "failed to get external metric hits: ");
                };
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.words()).isEqualTo(message);
        assertThat(failure.whole()).isEqualTo(around + message);
    }
}
