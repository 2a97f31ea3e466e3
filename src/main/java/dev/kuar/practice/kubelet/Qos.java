package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.PodResources;
import dev.kuar.practice.object.Quantity;
import java.util.List;
import java.util.Map;

/** The quality-of-service class of a pod. */
final class Qos {
    private Qos() {}

    static String of(KubeObject pod) {
        // What the pod as a whole asks for counts instead of its containers'.
        List<Map<String, Object>> containers = pod.map("spec", "resources").isEmpty()
                ? PodResources.containers(pod)
                : List.of(Map.of("resources", pod.map("spec", "resources")));
        boolean any = false;
        boolean guaranteed = true;
        for (Map<String, Object> entry : containers) {
            KubeObject container = KubeObject.of(entry);
            for (String resource : List.of("cpu", "memory")) {
                Object limit = container.at("resources", "limits", resource);
                Object request = container.at("resources", "requests", resource);
                any |= limit != null || request != null;
                guaranteed &= limit != null
                        && (request == null || Quantity.of(request).compareTo(Quantity.of(limit)) == 0);
            }
        }
        return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }
}
