package dev.kuar.practice.api;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * HorizontalPodAutoscalers between autoscaling/v2, which is stored, and autoscaling/v1, which knows the CPU alone and
 * keeps the rest in annotations.
 */
final class AutoscalerVersions {
    private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
    private static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";

    private AutoscalerVersions() {}

    /** Changes a v2 tree whose top level is the caller's own into v1. */
    static void toV1(KubeObject object) {
        Map<String, Object> spec = new LinkedHashMap<>(object.map("spec"));
        Map<String, Object> annotations = new LinkedHashMap<>(object.map("metadata", "annotations"));
        List<Object> others = new ArrayList<>();
        for (Map<String, Object> metric : object.maps("spec", "metrics")) {
            KubeObject part = KubeObject.of(metric);
            Object percent = part.at("resource", "target", "averageUtilization");
            if (part.text("resource", "name").equals("cpu") && percent != null) {
                spec.put("targetCPUUtilizationPercentage", percent);
            } else {
                others.add(metric);
            }
        }
        spec.remove("metrics");
        if (!others.isEmpty()) {
            annotations.put(METRICS, JsonWriter.text(others));
        }
        Object behavior = spec.remove("behavior");
        if (behavior != null) {
            annotations.put(BEHAVIOR, JsonWriter.text(behavior));
        }
        Map<String, Object> status = new LinkedHashMap<>(object.map("status"));
        status.remove("conditions");
        for (Map<String, Object> metric : object.maps("status", "currentMetrics")) {
            Object percent = KubeObject.of(metric).at("resource", "current", "averageUtilization");
            if (percent != null) {
                status.put("currentCPUUtilizationPercentage", percent);
            }
        }
        status.remove("currentMetrics");
        finish(object, spec, status, annotations);
    }

    /** Changes a v1 tree whose top level is the caller's own into v2. */
    static void toV2(KubeObject object) {
        Map<String, Object> spec = new LinkedHashMap<>(object.map("spec"));
        Map<String, Object> annotations = new LinkedHashMap<>(object.map("metadata", "annotations"));
        List<Object> metrics = new ArrayList<>();
        Object percent = spec.remove("targetCPUUtilizationPercentage");
        if (percent != null) {
            KubeObject metric = KubeObject.of(new LinkedHashMap<>());
            metric.set("Resource", "type");
            metric.set("cpu", "resource", "name");
            metric.set("Utilization", "resource", "target", "type");
            metric.set(percent, "resource", "target", "averageUtilization");
            metrics.add(metric.tree());
        }
        if (annotations.remove(METRICS) instanceof String text && read(text) instanceof List<?> list) {
            metrics.addAll(list);
        }
        if (!metrics.isEmpty()) {
            spec.put("metrics", metrics);
        }
        if (annotations.remove(BEHAVIOR) instanceof String text) {
            spec.put("behavior", read(text));
        }
        Map<String, Object> status = new LinkedHashMap<>(object.map("status"));
        status.remove("currentCPUUtilizationPercentage");
        finish(object, spec, status, annotations);
    }

    private static Object read(String json) {
        try {
            Object value = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
            return value == null ? Map.of() : value;
        } catch (IllegalArgumentException broken) {
            return Map.of();
        }
    }

    private static void finish(
            KubeObject object, Map<String, Object> spec, Map<String, Object> status, Map<String, Object> annotations) {
        object.tree().put("spec", spec);
        if (object.tree().containsKey("status")) {
            object.tree().put("status", status);
        }
        Map<String, Object> metadata = new LinkedHashMap<>(object.map("metadata"));
        if (annotations.isEmpty()) {
            metadata.remove("annotations");
        } else {
            metadata.put("annotations", annotations);
        }
        object.tree().put("metadata", metadata);
    }
}
