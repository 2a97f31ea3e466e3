package dev.kuar.practice.controller;

import dev.kuar.practice.api.Informer;
import dev.kuar.practice.controller.ReplicaCalculator.NoProposal;
import dev.kuar.practice.controller.ReplicaCalculator.PodMetric;
import dev.kuar.practice.controller.ReplicaCalculator.Proposal;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.object.Quantity;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each metric of an autoscaler asks for now. Models the metrics of Kubernetes 1.36's autoscaler. */
final class AutoscalerMetrics {
    private final AggregatedApis apis;
    private final Informer pods;

    AutoscalerMetrics(AggregatedApis apis, Informer pods) {
        this.apis = apis;
        this.pods = pods;
    }

    /**
     * What one metric asks for.
     *
     * @param name as an event names it, {@code cpu resource utilization (percentage of request)}
     * @param status an entry of {@code status.currentMetrics}
     */
    record Asked(long replicas, String name, Map<String, Object> status) {}

    /** Why a metric says nothing. {@link #whole} is what is said where metrics are counted. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;
        private final String whole;

        Failure(String reason, String message, String whole) {
            super(message);
            this.reason = reason;
            this.whole = whole + message;
        }

        String reason() {
            return reason;
        }

        String whole() {
            return whole;
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    /** @param current as the target's spec has it */
    Asked ask(KubeObject scaler, KubeObject metric, LabelSelector selector, long current, Instant now) throws Failure {
        return switch (metric.text("type")) {
            case "Resource" ->
                resource(
                        scaler,
                        KubeObject.of(metric.map("resource")),
                        "",
                        selector,
                        current,
                        now,
                        "FailedGetResourceMetric",
                        "failed to get " + metric.text("resource", "name") + " resource metric value: ");
            case "ContainerResource" -> {
                String container = metric.text("containerResource", "container");
                yield resource(
                        scaler,
                        KubeObject.of(metric.map("containerResource")),
                        container,
                        selector,
                        current,
                        now,
                        "FailedGetContainerResourceMetric",
                        "failed to get " + container + " container metric value: ");
            }
            default -> throw MetricsWithoutServer.failure(scaler.namespace(), metric);
        };
    }

    private Asked resource(
            KubeObject scaler,
            KubeObject source,
            String container,
            LabelSelector selector,
            long current,
            Instant now,
            String reason,
            String whole)
            throws Failure {
        String resource = source.text("name");
        ReplicaCalculator calculator =
                new ReplicaCalculator(now, tolerance(scaler, "scaleUp"), tolerance(scaler, "scaleDown"));
        Object average = source.at("target", "averageValue");
        String failed = "failed to get " + resource + (average == null ? " utilization: " : " usage: ");
        try {
            Map<String, PodMetric> metrics = metrics(scaler.namespace(), selector, resource, container);
            List<KubeObject> targets = pods.inNamespace(scaler.namespace()).stream()
                    .filter(pod -> selector.matches(pod.labels()))
                    .toList();
            Proposal proposal = average != null
                    ? calculator.byAverage(
                            current,
                            targets,
                            metrics,
                            resource,
                            Quantity.of(average).millis())
                    : utilization(calculator, source, container, current, targets, metrics);
            String what = container.isEmpty() ? " resource" : " container resource";
            return new Asked(
                    proposal.replicas(),
                    resource + (average != null ? " resource" : what + " utilization (percentage of request)"),
                    status(source, container, average == null ? proposal.utilization() : null, proposal.average()));
        } catch (NoProposal why) {
            throw new Failure(reason, failed + why.getMessage(), whole);
        }
    }

    private static Proposal utilization(
            ReplicaCalculator calculator,
            KubeObject source,
            String container,
            long current,
            List<KubeObject> targets,
            Map<String, PodMetric> metrics)
            throws NoProposal {
        return calculator.byUtilization(
                current,
                targets,
                metrics,
                source.text("name"),
                container,
                source.number(1, "target", "averageUtilization"));
    }

    private static double tolerance(KubeObject scaler, String direction) {
        Object wanted = scaler.at("spec", "behavior", direction, "tolerance");
        return wanted == null ? 0.1 : Quantity.of(wanted).value().doubleValue();
    }

    private static Map<String, Object> status(
            KubeObject source, String container, @Nullable Long utilization, long average) {
        String name = source.text("name");
        Map<String, Object> now = Trees.map(
                "averageUtilization",
                utilization,
                "averageValue",
                new Quantity(BigDecimal.valueOf(average, 3), name.equals("memory")).toString());
        return container.isEmpty()
                ? Trees.map("type", "Resource", "resource", Trees.map("name", name, "current", now))
                : Trees.map(
                        "type",
                        "ContainerResource",
                        "containerResource",
                        Trees.map("name", name, "container", container, "current", now));
    }

    /** By pod; one of whose containers something is not told is left out. */
    private Map<String, PodMetric> metrics(String namespace, LabelSelector selector, String resource, String container)
            throws NoProposal {
        String unable = "unable to get metrics for resource " + resource + ": ";
        KubeObject list = apis.get(
                        "metrics.k8s.io",
                        "v1beta1",
                        "/namespaces/" + namespace + "/pods?labelSelector="
                                + URLEncoder.encode(selector.toString(), StandardCharsets.UTF_8))
                .orElseThrow(
                        () -> new NoProposal(unable + "unable to fetch metrics from resource metrics API: the server"
                                + " could not find the requested resource (get pods.metrics.k8s.io)"));
        if (list.maps("items").isEmpty()) {
            throw new NoProposal(unable + "no metrics returned from resource metrics API");
        }
        Map<String, PodMetric> metrics = new HashMap<>();
        for (Map<String, Object> each : list.maps("items")) {
            KubeObject pod = KubeObject.of(each);
            List<Map<String, Object>> parts = pod.maps("containers").stream()
                    .filter(part -> container.isEmpty() || container.equals(part.get("name")))
                    .toList();
            boolean whole = !parts.isEmpty()
                    && parts.stream().allMatch(part -> KubeObject.of(part).at("usage", resource) != null);
            if (whole) {
                long used = parts.stream()
                        .mapToLong(part -> Quantity.of(KubeObject.of(part).at("usage", resource))
                                .millis())
                        .sum();
                metrics.put(
                        pod.name(),
                        new PodMetric(used, Instant.parse(pod.text("timestamp")), window(pod.text("window"))));
            }
        }
        return metrics;
    }

    /** {@code 15.02s}. */
    private static Duration window(String text) {
        return text.matches("[0-9.]+s")
                ? Duration.ofMillis((long) (Double.parseDouble(text.substring(0, text.length() - 1)) * 1000))
                : Duration.ofMinutes(1);
    }
}
