package dev.kuar.practice;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What of a cluster was not Ready when it was last looked at, and why, in the words of its objects; in no order.
 *
 * @param missing one a node or pod; empty when all is ready
 */
public record Readiness(List<String> missing) {
    public Readiness {
        missing = List.copyOf(missing);
    }

    public boolean isReady() {
        return missing.isEmpty();
    }

    /** Those of some nodes or pods that are not Ready. */
    static List<String> notReady(Collection<KubeObject> objects) {
        List<String> missing = new ArrayList<>();
        for (KubeObject object : objects) {
            List<Map<String, Object>> conditions = object.maps("status", "conditions");
            if (conditions.stream().noneMatch(each -> is(each, "Ready") && "True".equals(each.get("status")))) {
                missing.add(object.kind() + " " + object.name() + ": " + why(object, conditions));
            }
        }
        return missing;
    }

    private static String why(KubeObject object, List<Map<String, Object>> conditions) {
        StringBuilder why = new StringBuilder(object.text("status", "phase"));
        if (!object.text("spec", "nodeName").isEmpty()) {
            why.append(" on ").append(object.text("spec", "nodeName"));
        }
        for (Map<String, Object> each : conditions) {
            if (is(each, "Ready") || is(each, "PodScheduled") && !"True".equals(each.get("status"))) {
                why.append(' ').append(each.get("type")).append('=').append(each.get("status"));
                why.append(' ').append(each.getOrDefault("reason", "")).append(' ');
                why.append(each.getOrDefault("message", ""));
            }
        }
        return why.toString().strip();
    }

    private static boolean is(Map<String, Object> condition, String type) {
        return type.equals(condition.get("type"));
    }
}
