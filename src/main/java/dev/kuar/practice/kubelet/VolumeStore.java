package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.time.ClusterClock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What outlives pods: the content of persistent volumes, and the disks of nodes. */
final class VolumeStore {
    private final ClusterClock clock;
    private final Map<String, VolumeContent> volumes = new ConcurrentHashMap<>();
    private final Map<String, VolumeContent> disks = new ConcurrentHashMap<>();

    VolumeStore(ClusterClock clock) {
        this.clock = clock;
    }

    /** The content of a PersistentVolume, by its name. */
    VolumeContent persistent(String name) {
        return volumes.computeIfAbsent(name, key -> VolumeContent.directory(clock.now(), 0777, 0));
    }

    /** The root directory of a node. */
    VolumeContent disk(String node) {
        return disks.computeIfAbsent(node, key -> VolumeContent.directory(clock.now(), 0755, 0));
    }
}
