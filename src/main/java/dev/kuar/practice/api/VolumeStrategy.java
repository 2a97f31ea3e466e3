package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Persistent volumes: pending from the start, and since when they are in their phase. */
final class VolumeStrategy implements Strategy {
    private static final String SINCE = "lastPhaseTransitionTime";

    @Override
    public void prepareCreate(Write write) {
        write.object().set("Pending", "status", "phase");
        enter(write);
    }

    @Override
    public void prepareUpdate(Write write) {
        KubeObject old = Objects.requireNonNull(write.old());
        if (!write.subresource().equals("status")) {
            return;
        }
        KubeObject volume = write.object();
        Object since = volume.at("status", SINCE);
        boolean same = volume.text("status", "phase").equals(old.text("status", "phase"));
        if (same && since == null) {
            volume.set(old.at("status", SINCE), "status", SINCE);
        } else if (!same && (since == null || since.equals(old.at("status", SINCE)))) {
            enter(write);
        }
    }

    private static void enter(Write write) {
        write.object().set(write.now().truncatedTo(ChronoUnit.SECONDS).toString(), "status", SINCE);
    }
}
