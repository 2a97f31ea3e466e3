package dev.kuar.practice.controller;

import dev.kuar.practice.controller.ReplicaCalculator.NoProposal;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What pods request of a resource, as an autoscaler compares it with what they use. */
final class PodRequests {
    private PodRequests() {}

    /**
     * By pod, in thousandths: a pod's own request where it has any, else those of its containers and sidecars.
     *
     * @param container the one that counts, whatever the pod requests; empty for all
     */
    static Map<String, Long> of(List<KubeObject> pods, String container, String resource) throws NoProposal {
        Map<String, Long> requests = new HashMap<>();
        for (KubeObject pod : pods) {
            boolean whole = container.isEmpty()
                    && !pod.map("spec", "resources", "requests").isEmpty();
            requests.put(pod.name(), whole ? ofPod(pod, resource) : ofContainers(pod, container, resource));
        }
        return requests;
    }

    private static List<Map<String, Object>> running(KubeObject pod) {
        List<Map<String, Object>> containers = new ArrayList<>(pod.maps("spec", "containers"));
        pod.maps("spec", "initContainers").stream()
                .filter(each -> "Always".equals(each.get("restartPolicy")))
                .forEach(containers::add);
        return containers;
    }

    private static @Nullable Object request(Map<String, Object> container, String resource) {
        return KubeObject.of(container).at("resources", "requests", resource);
    }

    private static long ofPod(KubeObject pod, String resource) throws NoProposal {
        Object own = pod.at("spec", "resources", "requests", resource);
        if (own != null) {
            return Quantity.of(own).millis();
        }
        List<Long> parts = running(pod).stream()
                .filter(each -> request(each, resource) != null)
                .map(each -> Quantity.of(request(each, resource)).millis())
                .toList();
        if (parts.isEmpty()) {
            throw new NoProposal("missing pod-level request for " + resource + " in Pod " + pod.name());
        }
        return parts.stream().mapToLong(Long::longValue).sum();
    }

    private static long ofContainers(KubeObject pod, String container, String resource) throws NoProposal {
        long sum = 0;
        boolean found = container.isEmpty();
        for (Map<String, Object> each : running(pod)) {
            String name = Trees.text(each, "name");
            if (container.isEmpty() || container.equals(name)) {
                Object request = request(each, resource);
                if (request == null) {
                    throw new NoProposal(
                            "missing request for " + resource + " in container " + name + " of Pod " + pod.name());
                }
                found = true;
                sum += Quantity.of(request).millis();
            }
        }
        if (!found) {
            throw new NoProposal("container " + container + " not found in Pod " + pod.name());
        }
        return sum;
    }
}
