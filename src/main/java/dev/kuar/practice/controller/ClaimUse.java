package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which claims a pod names, those of its ephemeral volumes included. */
final class ClaimUse {
    private ClaimUse() {}

    static List<String> names(KubeObject pod) {
        List<String> names = new ArrayList<>();
        for (Map<String, Object> tree : pod.maps("spec", "volumes")) {
            KubeObject volume = KubeObject.of(tree);
            if (volume.at("persistentVolumeClaim") instanceof Map) {
                names.add(volume.text("persistentVolumeClaim", "claimName"));
            } else if (volume.at("ephemeral") instanceof Map) {
                names.add(pod.name() + "-" + volume.text("name"));
            }
        }
        return names;
    }
}
