package dev.kuar.practice.kubelet;

import java.util.Map;

/** Where the content of volumes and of nodes' disks outlives the process. Used by one thread at a time. */
public interface VolumeKeeper {
    /** Keeps nothing: what is in volumes ends with the process. */
    VolumeKeeper NOTHING = new VolumeKeeper() {
        @Override
        public Map<String, byte[]> load(String volume) {
            return Map.of();
        }

        @Override
        public void save(Map<String, Map<String, byte[]>> changes) {}

        @Override
        public void forget(String volume) {}
    };

    /** What is kept of a volume: path to record; empty where nothing is. */
    Map<String, byte[]> load(String volume);

    /** Keeps changes, volume to path to record; an empty record is a path that is gone. Never throws: logs what could not be kept. */
    void save(Map<String, Map<String, byte[]>> changes);

    /** Drops all that is kept of a volume. */
    void forget(String volume);
}
