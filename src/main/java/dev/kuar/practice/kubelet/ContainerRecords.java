package dev.kuar.practice.kubelet;

import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The containers of a pod's specification, none of them started yet. */
final class ContainerRecords {
    private ContainerRecords() {}

    /** Init containers and sidecars, then the others. */
    static List<ContainerRecord> of(KubeObject pod) {
        List<ContainerRecord> records = new ArrayList<>();
        for (Map<String, Object> entry : pod.maps("spec", "initContainers")) {
            KubeObject spec = KubeObject.of(entry);
            boolean sidecar = spec.text("restartPolicy").equals("Always");
            records.add(record(pod, spec, sidecar ? Kind.SIDECAR : Kind.INIT));
        }
        pod.maps("spec", "containers").forEach(entry -> records.add(record(pod, KubeObject.of(entry), Kind.MAIN)));
        return records;
    }

    /** The ephemeral containers that are not among {@code known}. */
    static List<ContainerRecord> ephemeral(KubeObject pod, List<ContainerRecord> known) {
        List<ContainerRecord> records = new ArrayList<>();
        for (Map<String, Object> entry : pod.maps("spec", "ephemeralContainers")) {
            KubeObject spec = KubeObject.of(entry);
            if (known.stream().noneMatch(record -> record.name().equals(spec.text("name")))) {
                records.add(record(pod, spec, Kind.EPHEMERAL));
            }
        }
        return records;
    }

    private static ContainerRecord record(KubeObject pod, KubeObject spec, Kind kind) {
        boolean initializes = !pod.maps("spec", "initContainers").isEmpty();
        return new ContainerRecord(spec, kind, initializes ? "PodInitializing" : "ContainerCreating");
    }
}
