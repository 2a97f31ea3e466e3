package dev.kuar.practice.object;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether an object is in the scopes of a ResourceQuota. Models the evaluators of Kubernetes 1.36. */
final class QuotaScopes {
    private static final GroupResource PODS = GroupResource.core("pods");
    private static final GroupResource CLAIMS = GroupResource.core("persistentvolumeclaims");

    private QuotaScopes() {}

    /** Of what is neither a pod nor a claim nothing is in any scope. */
    static boolean contain(KubeObject quota, GroupResource resource, KubeObject object) {
        return selectors(quota).allMatch(selector -> matches(KubeObject.of(selector), resource, object));
    }

    private static Stream<Map<String, Object>> selectors(KubeObject quota) {
        return Stream.concat(
                quota.texts("spec", "scopes").stream()
                        .map(scope -> Map.<String, Object>of("scopeName", scope, "operator", "Exists")),
                quota.maps("spec", "scopeSelector", "matchExpressions").stream());
    }

    private static boolean matches(KubeObject selector, GroupResource resource, KubeObject object) {
        String scope = selector.text("scopeName");
        if (resource.equals(CLAIMS)) {
            return scope.equals("VolumeAttributesClass") && selects(selector, classes(object));
        }
        if (!resource.equals(PODS)) {
            return false;
        }
        return switch (scope) {
            case "Terminating" -> isBounded(object);
            case "NotTerminating" -> !isBounded(object);
            case "BestEffort" -> isBestEffort(object);
            case "NotBestEffort" -> !isBestEffort(object);
            case "PriorityClass" -> {
                String name = object.text("spec", "priorityClassName");
                yield selects(selector, name.isEmpty() ? Set.of() : Set.of(name));
            }
            case "CrossNamespacePodAffinity" -> looksElsewhere(object);
            default -> false;
        };
    }

    /** Whether one of the names, or that there is none, is what is selected. */
    private static boolean selects(KubeObject selector, Collection<String> names) {
        List<String> values = selector.texts("values");
        return switch (selector.text("operator")) {
            case "Exists" -> !names.isEmpty();
            case "DoesNotExist" -> names.isEmpty();
            case "In" -> names.stream().anyMatch(values::contains);
            case "NotIn" -> names.isEmpty() || !values.containsAll(names);
            default -> false;
        };
    }

    private static Set<String> classes(KubeObject claim) {
        Set<String> names = new TreeSet<>();
        names.add(claim.text("spec", "volumeAttributesClassName"));
        names.add(claim.text("status", "currentVolumeAttributesClassName"));
        names.add(claim.text("status", "modifyVolumeStatus", "targetVolumeAttributesClassName"));
        names.remove("");
        return names;
    }

    /** It ends by itself after a time. */
    static boolean isBounded(KubeObject pod) {
        return pod.number(-1, "spec", "activeDeadlineSeconds") >= 0;
    }

    private static boolean isBestEffort(KubeObject pod) {
        String known = pod.text("status", "qosClass");
        if (!known.isEmpty()) {
            return known.equals("BestEffort");
        }
        return Stream.concat(Stream.of(pod.map("spec")), PodResources.containers(pod).stream())
                .flatMap(part -> Stream.of("requests", "limits").map(side -> PodResources.of(part, side)))
                .flatMap(amounts -> amounts.entrySet().stream())
                .noneMatch(amount -> Set.of("cpu", "memory").contains(amount.getKey())
                        && amount.getValue().compareTo(Quantity.ZERO) > 0);
    }

    private static boolean looksElsewhere(KubeObject pod) {
        return Stream.of("podAffinity", "podAntiAffinity")
                .map(kind -> KubeObject.of(pod.map("spec", "affinity", kind)))
                .flatMap(affinity -> Stream.concat(
                        affinity.maps("requiredDuringSchedulingIgnoredDuringExecution").stream()
                                .map(KubeObject::of),
                        affinity.maps("preferredDuringSchedulingIgnoredDuringExecution").stream()
                                .map(term -> KubeObject.of(KubeObject.of(term).map("podAffinityTerm")))))
                .anyMatch(term -> !term.texts("namespaces").isEmpty() || term.at("namespaceSelector") != null);
    }
}
