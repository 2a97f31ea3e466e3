package dev.kuar.practice.admission;

import dev.kuar.practice.object.KubeObject;
import java.util.Map;

/** Whether a quota is about an object: quotas with scopes are about some pods alone. */
final class QuotaScopes {
    private QuotaScopes() {}

    static boolean matches(KubeObject quota, AdmissionRequest request) {
        boolean scoped = !quota.texts("spec", "scopes").isEmpty()
                || !quota.maps("spec", "scopeSelector", "matchExpressions").isEmpty();
        if (!scoped) {
            return true;
        }
        if (!request.isFor("", "pods")) {
            return false;
        }
        KubeObject pod = request.now();
        return quota.texts("spec", "scopes").stream().allMatch(scope -> has(pod, scope))
                && quota.maps("spec", "scopeSelector", "matchExpressions").stream()
                        .allMatch(expression -> matches(pod, expression));
    }

    private static boolean matches(KubeObject pod, Map<String, Object> tree) {
        KubeObject expression = KubeObject.of(tree);
        String scope = expression.text("scopeName");
        if (!scope.equals("PriorityClass")) {
            return has(pod, scope);
        }
        String name = pod.text("spec", "priorityClassName");
        return switch (expression.text("operator")) {
            case "In" -> expression.texts("values").contains(name);
            case "NotIn" -> !expression.texts("values").contains(name);
            case "DoesNotExist" -> name.isEmpty();
            default -> !name.isEmpty();
        };
    }

    private static boolean has(KubeObject pod, String scope) {
        boolean bounded = pod.at("spec", "activeDeadlineSeconds") != null;
        boolean asks = PodResources.containers(pod).stream()
                .anyMatch(c -> !PodResources.of(c, "requests").isEmpty()
                        || !PodResources.of(c, "limits").isEmpty());
        return switch (scope) {
            case "Terminating" -> bounded;
            case "NotTerminating" -> !bounded;
            case "BestEffort" -> !asks;
            case "NotBestEffort" -> asks;
            case "PriorityClass" -> !pod.text("spec", "priorityClassName").isEmpty();
            default -> false;
        };
    }
}
