package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.PodResources;
import dev.kuar.practice.object.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which containers a node that has no memory left ends first. Models {@code GetContainerOOMScoreAdjust} of Kubernetes 1.36. */
final class OomScore {
    private static final int SPARED = -997;
    private static final int FIRST = 1000;
    private static final long NODE_CRITICAL = 2_000_001_000;

    private OomScore() {}

    static int of(KubeObject pod, KubeObject container, long nodeMemory) {
        if (pod.number(0, "spec", "priority") >= NODE_CRITICAL) {
            return SPARED;
        }
        switch (Qos.of(pod)) {
            case "Guaranteed":
                return SPARED;
            case "BestEffort":
                return FIRST;
            default:
        }
        long spare = spare(pod);
        long score = score(request(container) + spare, nodeMemory);
        if (container.text("restartPolicy").equals("Always") && isInit(pod, container.text("name"))) {
            long least = pod.maps("spec", "containers").stream()
                    .mapToLong(each -> request(KubeObject.of(each)))
                    .min()
                    .orElse(0);
            score = Math.min(score, score(least + spare, nodeMemory));
        }
        return (int) Math.max(FIRST + SPARED, Math.min(FIRST - 1, score));
    }

    private static long score(long bytes, long nodeMemory) {
        return nodeMemory == 0 ? FIRST : FIRST - FIRST * bytes / nodeMemory;
    }

    private static long request(KubeObject container) {
        return Quantity.of(container.at("resources", "requests", "memory")).units();
    }

    /** What the pod asks for beyond its containers, shared among them. */
    private static long spare(KubeObject pod) {
        long whole =
                Quantity.of(pod.at("spec", "resources", "requests", "memory")).units();
        if (whole == 0) {
            return 0;
        }
        KubeObject bare = KubeObject.of(new LinkedHashMap<>(pod.tree()));
        Map<String, Object> spec = new LinkedHashMap<>(pod.map("spec"));
        spec.remove("resources");
        bare.set(spec, "spec");
        Quantity containers = PodResources.sum(bare, "requests").getOrDefault("memory", Quantity.ZERO);
        return (whole - containers.units()) / PodResources.containers(pod).size();
    }

    private static boolean isInit(KubeObject pod, String name) {
        return pod.maps("spec", "initContainers").stream().anyMatch(each -> name.equals(each.get("name")));
    }
}
