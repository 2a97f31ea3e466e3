package dev.kuar.practice.admission;

import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labels a pod with the zone and the region of its node, once it has one. */
public final class PodTopologyLabels implements Admission {
    private static final List<String> COPIED = List.of("topology.kubernetes.io/zone", "topology.kubernetes.io/region");

    private final ClusterReader reader;

    PodTopologyLabels(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (request.isFor("", "pods") && request.isCreate()) {
            KubeObject pod = request.now();
            of(reader, pod.text("spec", "nodeName")).forEach((key, value) -> pod.set(value, "metadata", "labels", key));
        }
    }

    /** Those that a node gives its pods; none for a node that is not there. */
    public static Map<String, String> of(ClusterReader reader, String node) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (!node.isEmpty()) {
            Map<String, String> all = reader.find(GroupResource.core("nodes"), "", node)
                    .map(KubeObject::labels)
                    .orElse(Map.of());
            COPIED.stream().filter(all::containsKey).forEach(key -> labels.put(key, all.get(key)));
        }
        return labels;
    }
}
