package dev.kuar.practice;

import dev.kuar.practice.kubelet.VolumeKeeper;
import dev.kuar.practice.store.VolumeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The content of volumes in a file beside the cluster's store. What cannot be kept is logged once; the cluster goes on. */
final class KeptVolumes implements VolumeKeeper, AutoCloseable {
    static final String FILE = "volumes.mv";
    private static final Logger LOG = Logger.getLogger(KeptVolumes.class.getName());

    private final VolumeFile file;
    private boolean told;

    KeptVolumes(Path directory) {
        file = new VolumeFile(directory.resolve(FILE));
    }

    @Override
    public synchronized Map<String, byte[]> load(String volume) {
        try {
            return file.load(volume);
        } catch (IOException failed) {
            tell("what was in the cluster's volumes cannot be read, they begin empty: ", failed);
            return Map.of();
        }
    }

    @Override
    public synchronized void save(Map<String, Map<String, byte[]>> changes) {
        try {
            file.save(changes);
            told = false;
        } catch (IOException failed) {
            tell("what is in the cluster's volumes cannot be kept: ", failed);
        }
    }

    @Override
    public synchronized void forget(String volume) {
        try {
            file.forget(volume);
        } catch (IOException failed) {
            tell("what was in a deleted volume cannot be dropped: ", failed);
        }
    }

    private void tell(String what, IOException failed) {
        LOG.log(told ? Level.FINE : Level.WARNING, what + failed.getMessage());
        told = true;
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
