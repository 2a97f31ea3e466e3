package dev.kuar.practice.controller;

import dev.kuar.practice.controller.AggregatedApis.Discovered;
import dev.kuar.practice.controller.AggregatedApis.Resource;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** What a namespace that is being deleted has in servers behind the aggregation layer. */
final class NamespaceElsewhere {
    private final AggregatedApis apis;

    NamespaceElsewhere(AggregatedApis apis) {
        this.apis = apis;
    }

    /**
     * Deletes all that is there.
     *
     * @param remaining takes how many objects are left, by resource; {@code finalizers} by what holds them, {@code failures} what
     *     went wrong
     * @return the group versions that do not tell what they have
     */
    List<String> empty(
            String namespace, Map<String, Integer> remaining, Map<String, Integer> finalizers, List<String> failures) {
        Discovered found = apis.discover();
        for (Resource resource : found.resources()) {
            if (resource.namespaced()
                    && resource.verbs().contains("list")
                    && resource.verbs().contains("delete")) {
                try {
                    empty(resource, namespace, remaining, finalizers);
                } catch (ApiException refused) {
                    failures.add(String.valueOf(refused.getMessage()));
                }
            }
        }
        return found.failed();
    }

    private void empty(
            Resource resource, String namespace, Map<String, Integer> remaining, Map<String, Integer> finalizers) {
        List<KubeObject> there = apis.list(resource, namespace);
        there.stream()
                .filter(object -> !object.isTerminating())
                .forEach(object -> apis.delete(resource, namespace, object.name(), object.uid(), "Background"));
        List<KubeObject> left = there.isEmpty() ? List.of() : apis.list(resource, namespace);
        if (!left.isEmpty()) {
            remaining.put(resource.name().resource() + "." + resource.name().group(), left.size());
            left.forEach(
                    object -> object.finalizers().forEach(finalizer -> finalizers.merge(finalizer, 1, Integer::sum)));
        }
    }

    /** Status, reason and message of the condition that says whether everybody told what they have. */
    static String[] discovery(List<String> silent) {
        if (silent.isEmpty()) {
            return new String[] {"False", "ResourcesDiscovered", "All resources successfully discovered"};
        }
        List<String> each = silent.stream()
                .map(version -> version + ": stale GroupVersion discovery: " + version)
                .toList();
        return new String[] {
            "True",
            "DiscoveryFailed",
            "Discovery failed for some groups, " + silent.size()
                    + " failing: unable to retrieve the complete list of server APIs: " + String.join(", ", each)
        };
    }
}
