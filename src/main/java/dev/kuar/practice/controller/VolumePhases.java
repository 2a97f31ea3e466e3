package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import org.jspecify.annotations.Nullable;

/** Writes the phases of claims and volumes, each only where it changes something. */
final class VolumePhases {
    private final ApiClient client;

    VolumePhases(ApiClient client) {
        this.client = client;
    }

    KubeObject volume(KubeObject volume, String phase, String message) {
        if (volume.text("status", "phase").equals(phase)) {
            return volume;
        }
        KubeObject changed = volume.copy();
        changed.set(phase, "status", "phase");
        changed.set(message.isEmpty() ? null : message, "status", "message");
        return client.updateSubresource(Kinds.VOLUMES, "status", changed);
    }

    /** @param volume what a bound claim has of it: access modes, and capacity once it is bound; null for none */
    void claim(KubeObject claim, String phase, @Nullable KubeObject volume) {
        KubeObject changed = claim.copy();
        String before = claim.text("status", "phase");
        changed.set(phase, "status", "phase");
        if (volume == null) {
            changed.set(null, "status", "accessModes");
            changed.set(null, "status", "capacity");
            changed.set(null, "status", "currentVolumeAttributesClassName");
        } else {
            changed.set(KubeObject.copyOrNull(volume.at("spec", "accessModes")), "status", "accessModes");
            if (!before.equals(phase)) {
                changed.set(KubeObject.copyOrNull(volume.at("spec", "capacity")), "status", "capacity");
                changed.set(
                        volume.at("spec", "volumeAttributesClassName"), "status", "currentVolumeAttributesClassName");
            }
        }
        if (!changed.equals(claim)) {
            client.updateSubresource(Kinds.CLAIMS, "status", changed);
        }
    }
}
