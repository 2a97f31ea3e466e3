package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.container.VolumeRecords;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What outlives the process: the content of persistent volumes, of pods' own directories, of containers that run on, and the
 * disks of nodes.
 *
 * <p>Every few seconds and at the end it hands what has changed to its {@link VolumeKeeper}, so that a cluster that is started
 * again has its data, as a machine has its disks after a restart.
 */
final class VolumeStore {
    private static final Duration FLUSH = Duration.ofSeconds(2);

    private final ClusterClock clock;
    private final VolumeKeeper keeper;
    private final NavigableMap<String, Entry> entries = new TreeMap<>();
    private boolean ended;

    private record Entry(VolumeContent content, VolumeRecords records) {}

    VolumeStore(ClusterClock clock, VolumeKeeper keeper) {
        this.clock = clock;
        this.keeper = keeper;
    }

    /** Gives a node its disk: the files that it comes with, and what was changed there. */
    synchronized void addDisk(String node, VolumeContent files) {
        var unused = open("disk/" + node, files);
    }

    /** The root directory of a node. */
    synchronized VolumeContent disk(String node) {
        return open("disk/" + node, VolumeContent.directory(clock.now(), 0755, 0));
    }

    /** The content of a PersistentVolume that is not on a node: a disk or share of somebody else's. */
    synchronized VolumeContent remote(KubeObject volume) {
        return open(remoteKey(volume), VolumeContent.directory(clock.now(), 0777, 0));
    }

    /** A directory of a pod's own, which ends with the pod. */
    synchronized VolumeContent ofPod(String uid, String volume, int mode, int group) {
        return open("pod/" + uid + "/" + volume, VolumeContent.directory(clock.now(), mode, group));
    }

    /**
     * Has the files of a container kept until it ends, and puts back those that were kept of it.
     *
     * @param layer its file system, as it is when it begins
     */
    synchronized void addLayer(String container, VolumeContent layer) {
        String key = "layer/" + container;
        if (entries.containsKey(key)) {
            // Its machine was switched off meanwhile.
            forget(key);
        }
        if (keeper != VolumeKeeper.NOTHING) {
            var unused = open(key, layer);
        }
    }

    /** A container has ended: nobody sees its files again. */
    synchronized void layerGone(String container) {
        if (keeper != VolumeKeeper.NOTHING) {
            forget("layer/" + container);
        }
    }

    private VolumeContent open(String key, VolumeContent fresh) {
        Entry there = entries.get(key);
        if (there != null) {
            return there.content();
        }
        VolumeRecords records = new VolumeRecords(fresh);
        records.restore(keeper.load(key));
        entries.put(key, new Entry(fresh, records));
        return fresh;
    }

    /** A pod is gone: so are its directories. */
    synchronized void podGone(String uid) {
        // "0" follows "/".
        List.copyOf(entries.subMap("pod/" + uid + "/", "pod/" + uid + "0").keySet())
                .forEach(this::forget);
    }

    /** A PersistentVolume is gone; where it was to be deleted, so is its content. */
    synchronized void volumeGone(KubeObject volume) {
        if (!volume.text("spec", "persistentVolumeReclaimPolicy").equals("Delete")) {
            return;
        }
        String path = volume.text("spec", "hostPath", "path");
        if (path.isEmpty()) {
            forget(remoteKey(volume));
        } else {
            entries.forEach((key, entry) -> {
                if (key.startsWith("disk/")) {
                    entry.content().remove(path);
                }
            });
        }
    }

    private void forget(String key) {
        entries.remove(key);
        keeper.forget(key);
    }

    /** By what the volume is, not by its name: another PersistentVolume of the same share has the same files. */
    private static String remoteKey(KubeObject volume) {
        Map<String, Object> source = new LinkedHashMap<>(volume.map("spec"));
        source.keySet()
                .removeAll(List.of(
                        "accessModes",
                        "capacity",
                        "claimRef",
                        "mountOptions",
                        "nodeAffinity",
                        "persistentVolumeReclaimPolicy",
                        "storageClassName",
                        "volumeAttributesClassName",
                        "volumeMode"));
        return "volume/" + source;
    }

    /** Hands over changes from now on, every few seconds of the cluster's time. */
    void start(Executor executor) {
        clock.after(FLUSH, () -> {
            try {
                executor.execute(() -> {
                    if (flush()) {
                        start(executor);
                    }
                });
            } catch (RejectedExecutionException closing) {
                return;
            }
        });
    }

    /** Hands over what has changed; whether there will be more. */
    synchronized boolean flush() {
        if (ended) {
            return false;
        }
        Map<String, Map<String, byte[]>> changes = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            Map<String, byte[]> changed = entry.records().changes();
            if (!changed.isEmpty()) {
                changes.put(key, changed);
            }
        });
        if (!changes.isEmpty()) {
            keeper.save(changes);
        }
        return true;
    }

    /** Hands over what has changed, for the last time. */
    synchronized void end() {
        flush();
        ended = true;
    }
}
