package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the cluster and that may help a pod that waits.
 *
 * @param old null when added
 * @param now null when removed
 */
record Change(What what, @Nullable KubeObject old, @Nullable KubeObject now) {
    enum What {
        NODE,
        /** A pod on a node, or one that a node is kept for; one that gets its node is added. */
        PLACED_POD,
        CLAIM,
        VOLUME,
        STORAGE_CLASS,
        CSI_NODE,
        CAPACITY,
        DEVICE_CLAIM,
        DEVICE_CLASS,
        DEVICE_SLICE
    }

    boolean isAdded() {
        return old == null;
    }

    boolean isRemoved() {
        return now == null;
    }

    /** The object, as it is or was. */
    KubeObject object() {
        KubeObject object = now != null ? now : old;
        if (object == null) {
            throw new IllegalStateException("a change of nothing");
        }
        return object;
    }
}
