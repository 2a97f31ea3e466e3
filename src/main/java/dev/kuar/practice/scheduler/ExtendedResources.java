package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Which device class an extended resource stands for: the one that names it, or the one in the resource's own name. */
final class ExtendedResources {
    static final String PREFIX = "deviceclass.resource.kubernetes.io/";
    private final Informer classes;

    ExtendedResources(Informer classes) {
        this.classes = classes;
    }

    /** Of several classes that name the resource the newest counts. */
    Optional<KubeObject> classOf(String resource) {
        if (!isExtended(resource)) {
            return Optional.empty();
        }
        if (resource.startsWith(PREFIX)) {
            return classes.find("", resource.substring(PREFIX.length()));
        }
        return classes.all().stream()
                .filter(each -> each.text("spec", "extendedResourceName").equals(resource))
                .max(Comparator.comparing((KubeObject each) -> each.text("metadata", "creationTimestamp"))
                        .thenComparing(KubeObject::name, Comparator.reverseOrder()));
    }

    static boolean isExtended(String resource) {
        int slash = resource.indexOf('/');
        return resource.startsWith(PREFIX)
                || (slash > 0
                        && !resource.startsWith("requests.")
                        && !(resource.substring(0, slash) + "/").contains("kubernetes.io/"));
    }

    /** Whether claims have to bring the resource, as the node has none of it by itself. */
    boolean isClaimed(String resource, NodeState node) {
        return node.allocatable(resource) <= 0 && classOf(resource).isPresent();
    }

    /** Whether the pod asks for a resource that a class stands for. */
    boolean any(Map<String, Long> amounts) {
        return amounts.entrySet().stream()
                .anyMatch(each -> each.getValue() > 0 && classOf(each.getKey()).isPresent());
    }

    /** Whether a class that was added or changed stands for a resource that the pod asks for, and did not before. */
    static boolean helps(Map<String, Long> amounts, Change change) {
        String name = change.object().text("spec", "extendedResourceName");
        KubeObject old = change.old();
        if (old != null && old.text("spec", "extendedResourceName").equals(name)) {
            return false;
        }
        return (old == null && amounts.containsKey(PREFIX + change.object().name()))
                || (!name.isEmpty() && amounts.containsKey(name));
    }
}
