package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Share;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.PodResources;
import dev.kuar.practice.object.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the cgroups of a pod and of its containers are given, by what the kubelet has allocated to them. Models
 * {@code generateLinuxContainerResources} and {@code ResourceConfigForPod} of Kubernetes 1.36.
 */
final class PodShares {
    private final KubeObject pod;
    private final long nodeMemory;

    /**
     * Of one pod.
     *
     * @param pod with what is allocated to it, which may not be what it asks for by now
     * @param nodeMemory in bytes
     */
    PodShares(KubeObject pod, long nodeMemory) {
        this.pod = pod;
        this.nodeMemory = nodeMemory;
    }

    /** What one of its containers is given; a limit of the pod is its containers' where they have none. */
    Share container(KubeObject container) {
        Object request = container.at("resources", "requests", "cpu");
        long limit = limit(container, "cpu");
        return new Share(
                request == null ? limit : Quantity.of(request).millis(),
                limit,
                limit(container, "memory"),
                OomScore.of(pod, container, nodeMemory));
    }

    private long limit(KubeObject container, String resource) {
        long own = amount(resource, container.at("resources", "limits", resource));
        return own == 0 ? amount(resource, pod.at("spec", "resources", "limits", resource)) : own;
    }

    /** What the pod as a whole is given: limits only where all its containers have them, or the pod itself. */
    Share whole() {
        String quality = Qos.of(pod);
        if (quality.equals("BestEffort")) {
            return Share.ANY;
        }
        long request = amount("cpu", text(PodResources.sum(pod, "requests").get("cpu")));
        return new Share(request, wholeLimit("cpu"), wholeLimit("memory"), 0);
    }

    private long wholeLimit(String resource) {
        boolean all = PodResources.containers(pod).stream()
                .allMatch(each -> amount(resource, KubeObject.of(each).at("resources", "limits", resource)) > 0);
        boolean own = amount(resource, pod.at("spec", "resources", "limits", resource)) > 0;
        return all || own
                ? amount(resource, text(PodResources.sum(pod, "limits").get(resource)))
                : 0;
    }

    private static @Nullable Object text(@Nullable Quantity quantity) {
        return quantity == null ? null : quantity.toString();
    }

    /** Cores in thousandths, anything else in units. */
    static long amount(String resource, @Nullable Object value) {
        Quantity quantity = Quantity.of(value);
        return resource.equals("cpu") ? quantity.millis() : quantity.units();
    }

    /** Whether the amounts that can be changed in place are the same. */
    static boolean same(Map<String, Object> one, Map<String, Object> other) {
        return List.of("requests", "limits").stream().allMatch(side -> List.of("cpu", "memory").stream()
                .allMatch(name -> amount(name, KubeObject.of(one).at(side, name))
                        == amount(name, KubeObject.of(other).at(side, name))));
    }
}
