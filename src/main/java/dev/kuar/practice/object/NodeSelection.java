package dev.kuar.practice.object;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a node has what a pod's nodeSelector and required node affinity ask for. */
public final class NodeSelection {
    private NodeSelection() {}

    public static boolean matches(KubeObject pod, KubeObject node) {
        if (!LabelSelector.ofLabels(pod.textMap("spec", "nodeSelector")).matches(node.labels())) {
            return false;
        }
        Object required = pod.at("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
        if (!(required instanceof Map)) {
            return true;
        }
        List<Map<String, Object>> terms = pod.maps(
                "spec",
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms");
        return terms.stream().anyMatch(term -> matchesTerm(KubeObject.of(term), node));
    }

    public static boolean matchesTerm(KubeObject term, KubeObject node) {
        List<Map<String, Object>> expressions = term.maps("matchExpressions");
        List<Map<String, Object>> fields = term.maps("matchFields");
        if (expressions.isEmpty() && fields.isEmpty()) {
            return false;
        }
        Map<String, String> name = Map.of("metadata.name", node.name());
        return expressions.stream().allMatch(e -> matches(e, node.labels()))
                && fields.stream().allMatch(e -> matches(e, name));
    }

    private static boolean matches(Map<String, Object> expression, Map<String, String> labels) {
        KubeObject e = KubeObject.of(expression);
        String value = labels.get(e.text("key"));
        List<String> values = e.texts("values");
        return switch (e.text("operator")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> compare(value, values) > 0;
            case "Lt" -> compare(value, values) < 0;
            default -> false;
        };
    }

    private static int compare(@Nullable String value, List<String> values) {
        try {
            return value == null || values.isEmpty()
                    ? 0
                    : Long.compare(Long.parseLong(value), Long.parseLong(values.get(0)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
