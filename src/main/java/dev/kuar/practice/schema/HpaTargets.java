package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Current and wanted metrics of an autoscaler: {@code cpu: 12%/80%}. */
final class HpaTargets {
    private static final String UNKNOWN = "<unknown>";

    private HpaTargets() {}

    static String of(KubeObject hpa) {
        List<String> parts = new ArrayList<>();
        List<Map<String, Object>> current = hpa.maps("status", "currentMetrics");
        List<Map<String, Object>> wanted = hpa.maps("spec", "metrics");
        for (int i = 0; i < wanted.size(); i++) {
            parts.add(one(KubeObject.of(wanted.get(i)), KubeObject.of(i < current.size() ? current.get(i) : Map.of())));
        }
        if (hpa.at("spec", "targetCPUUtilizationPercentage") != null) {
            Object now = hpa.at("status", "currentCPUUtilizationPercentage");
            parts.add("cpu: " + (now == null ? UNKNOWN : now + "%") + "/"
                    + hpa.number(0, "spec", "targetCPUUtilizationPercentage") + "%");
        }
        if (parts.size() > 2) {
            return String.join(", ", parts.subList(0, 2)) + " + " + (parts.size() - 2) + " more...";
        }
        return parts.isEmpty() ? Cells.NONE : String.join(", ", parts);
    }

    private static String one(KubeObject wanted, KubeObject current) {
        String source =
                switch (wanted.text("type")) {
                    case "Pods" -> "pods";
                    case "Object" -> "object";
                    case "External" -> "external";
                    case "ContainerResource" -> "containerResource";
                    default -> "resource";
                };
        KubeObject target = KubeObject.of(wanted.map(source, "target"));
        KubeObject now = KubeObject.of(current.map(source, "current"));
        String name = source.equals("resource") || source.equals("containerResource")
                ? wanted.text(source, "name") + ": "
                : "";
        if (target.at("averageUtilization") != null) {
            return name + (now.at("averageUtilization") == null ? UNKNOWN : now.at("averageUtilization") + "%") + "/"
                    + target.at("averageUtilization") + "%";
        }
        boolean average = target.at("averageValue") != null;
        String field = average ? "averageValue" : "value";
        String shown = now.text(field).isEmpty() ? UNKNOWN : now.text(field);
        return name + shown + "/" + target.text(field)
                + (average && !source.equals("pods") && name.isEmpty() ? " (avg)" : "");
    }
}
