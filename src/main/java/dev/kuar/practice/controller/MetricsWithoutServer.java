package dev.kuar.practice.controller;

import dev.kuar.practice.controller.AutoscalerMetrics.Failure;
import dev.kuar.practice.object.KubeObject;

/** What an autoscaler says of pods', objects' and external metrics, whose APIs nobody serves here. */
final class MetricsWithoutServer {
    private static final String CUSTOM = "unable to fetch metrics from custom metrics API: no custom metrics API"
            + " (custom.metrics.k8s.io) registered";
    private static final String EXTERNAL = "unable to fetch metrics from external metrics API: no external metrics API"
            + " (external.metrics.k8s.io) registered";

    private MetricsWithoutServer() {}

    static Failure failure(String namespace, KubeObject metric) {
        return switch (metric.text("type")) {
            case "Pods" ->
                new Failure(
                        "FailedGetPodsMetric",
                        "unable to get metric " + metric.text("pods", "metric", "name") + ": " + CUSTOM,
                        "failed to get pods metric value: ");
            case "Object" -> object(namespace, KubeObject.of(metric.map("object")));
            default -> external(namespace, KubeObject.of(metric.map("external")));
        };
    }

    private static Failure object(String namespace, KubeObject source) {
        String name = source.text("metric", "name");
        boolean byPod = source.text("target", "type").equals("AverageValue");
        return new Failure(
                "FailedGetObjectMetric",
                "unable to get metric " + name + ": " + source.text("describedObject", "kind") + " on " + namespace
                        + " " + source.text("describedObject", "name") + "/" + CUSTOM,
                "failed to get object metric value: " + (byPod ? "failed to get " + name + " object metric: " : ""));
    }

    private static Failure external(String namespace, KubeObject source) {
        String name = source.text("metric", "name");
        boolean byPod = source.at("target", "averageValue") != null;
        return new Failure(
                "FailedGetExternalMetric",
                "unable to get external metric " + namespace + "/" + name + "/"
                        + SelectorText.of(source, "metric", "selector")
                        + ": " + EXTERNAL,
                "failed to get " + name + " external metric value: "
                        + (byPod
                                ? "failed to get " + name + " external metric: "
                                : "failed to get external metric " + name + ": "));
    }
}
