package dev.kuar.practice.object;

import java.util.List;
import java.util.Map;

/** Whether tolerations match taints. */
public final class Tolerations {
    private Tolerations() {}

    public static boolean tolerates(Map<String, Object> toleration, Map<String, Object> taint) {
        String effect = text(toleration, "effect");
        if (!effect.isEmpty() && !effect.equals(taint.get("effect"))) {
            return false;
        }
        String key = text(toleration, "key");
        if (!key.isEmpty() && !key.equals(taint.get("key"))) {
            return false;
        }
        return text(toleration, "operator").equals("Exists")
                || (!key.isEmpty() && text(toleration, "value").equals(text(taint, "value")));
    }

    public static boolean tolerateAll(
            List<Map<String, Object>> tolerations, List<Map<String, Object>> taints, List<String> effects) {
        return taints.stream()
                .filter(taint -> effects.contains(text(taint, "effect")))
                .allMatch(taint -> tolerations.stream().anyMatch(t -> tolerates(t, taint)));
    }

    private static String text(Map<String, Object> map, String name) {
        return map.get(name) instanceof String text ? text : "";
    }
}
