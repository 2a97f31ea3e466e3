package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For whom an endpoint is meant first, by the Service's {@code trafficDistribution}. */
final class EndpointHints {
    private EndpointHints() {}

    /** Null where there is nothing to say. */
    static @Nullable Map<String, Object> of(KubeObject service, String zone, String node) {
        String wanted = service.text("spec", "trafficDistribution");
        boolean sameNode = wanted.equals("PreferSameNode");
        boolean sameZone = sameNode || wanted.equals("PreferSameZone") || wanted.equals("PreferClose");
        Map<String, Object> hints = new LinkedHashMap<>();
        if (TopologyHints.isOn(service) || !sameZone) {
            return null;
        }
        if (sameNode && !node.isEmpty()) {
            hints.put("forNodes", Trees.list(Trees.map("name", node)));
        }
        if (!zone.isEmpty()) {
            hints.put("forZones", Trees.list(Trees.map("name", zone)));
        }
        return hints.isEmpty() ? null : hints;
    }
}
