package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Volumes: capacity, modes, and exactly one source. */
final class VolumeRules implements KindRules {
    private static final Set<String> NO_SOURCE = Set.of(
            "accessModes",
            "capacity",
            "claimRef",
            "mountOptions",
            "nodeAffinity",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "volumeAttributesClassName",
            "volumeMode");

    @Override
    public void check(KubeObject volume, FieldErrors errors) {
        List<String> modes = volume.texts("spec", "accessModes");
        if (modes.isEmpty()) {
            errors.required("spec.accessModes", "");
        }
        modes.forEach(mode -> errors.oneOf("spec.accessModes", mode, ClaimRules.MODES));
        if (volume.map("spec", "capacity").isEmpty()) {
            errors.required("spec.capacity", "");
        }
        List<String> sources = volume.map("spec").keySet().stream()
                .filter(name -> !NO_SOURCE.contains(name))
                .toList();
        if (sources.isEmpty()) {
            errors.required("spec", "must specify a volume type");
        } else if (sources.size() > 1) {
            errors.forbidden("spec." + sources.get(1), "may not specify more than 1 volume type");
        }
    }

    @Override
    public void change(KubeObject volume, KubeObject old, FieldErrors errors) {
        for (String source : old.map("spec").keySet()) {
            boolean changed = !Objects.equals(old.at("spec", source), volume.at("spec", source));
            if (!NO_SOURCE.contains(source) && changed) {
                errors.forbidden(
                        "spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation");
            }
        }
    }
}
