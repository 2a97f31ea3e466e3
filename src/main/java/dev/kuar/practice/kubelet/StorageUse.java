package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;

/** What a pod takes of its node's disk, in bytes: its containers' own files, their logs, its directories. */
final class StorageUse {
    /** The files that the kubelet writes for a pod: its hosts file. */
    private static final long KUBELETS = 4096;

    private final PodWorker worker;

    StorageUse(PodWorker worker) {
        this.worker = worker;
    }

    long files(ContainerRecord record) {
        Container container = record.container;
        return container == null ? 0 : container.layer().diskUsage();
    }

    long log(ContainerRecord record) {
        ContainerLog log = record.log;
        return log == null ? 0 : log.disk();
    }

    /** What lies in a volume; 0 while it is not mounted. */
    long volume(String name) {
        return worker.volume(name).map(VolumeContent::diskUsage).orElse(0L);
    }

    /** All that counts against {@code ephemeral-storage}: what is in memory does not, and what outlives the pod neither. */
    long all() {
        long sum = KUBELETS;
        for (ContainerRecord record : worker.records()) {
            sum += files(record) + log(record);
        }
        for (Map<String, Object> entry : worker.pod().maps("spec", "volumes")) {
            KubeObject volume = KubeObject.of(entry);
            boolean disk = volume.at("emptyDir") != null
                    && !volume.text("emptyDir", "medium").equals("Memory");
            if (disk || volume.at("configMap") != null || volume.at("downwardAPI") != null) {
                sum += volume(volume.text("name"));
            }
        }
        return sum;
    }
}
