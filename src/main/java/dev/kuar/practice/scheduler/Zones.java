package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.util.Arrays;
import java.util.List;

/** Labels that say in which zone or region a volume is; several zones stand with {@code __} between them. */
final class Zones {
    static final List<String> KEYS = List.of(
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region");

    private Zones() {}

    static boolean allow(KubeObject volume, KubeObject node) {
        for (String key : KEYS) {
            String zones = volume.labels().get(key);
            if (zones == null) {
                continue;
            }
            String today = key.replace("failure-domain.beta.", "topology.");
            String place = node.labels().getOrDefault(key, node.labels().get(today));
            if (place == null || !Arrays.asList(zones.split("__")).contains(place)) {
                return false;
            }
        }
        return true;
    }
}
