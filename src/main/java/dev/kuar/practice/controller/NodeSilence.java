package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is said of a node that says nothing: that nothing is known of what its kubelet tells otherwise. */
final class NodeSilence {
    private static final List<String> TOLD_BY_KUBELET =
            List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

    private final ControllerContext context;

    NodeSilence(ControllerContext context) {
        this.context = context;
    }

    /** A copy whose conditions are Unknown; when they were last heard of stays. */
    KubeObject unknown(KubeObject node) {
        KubeObject changed = node.copy();
        List<Object> conditions = new ArrayList<>(changed.maps("status", "conditions"));
        for (String type : TOLD_BY_KUBELET) {
            Map<String, Object> before = Trees.condition(changed, type);
            if (before.isEmpty()) {
                conditions.add(Trees.map(
                        "lastHeartbeatTime",
                        Trees.text(changed.map("metadata"), "creationTimestamp"),
                        "lastTransitionTime",
                        context.now(),
                        "message",
                        "Kubelet never posted node status.",
                        "reason",
                        "NodeStatusNeverUpdated",
                        "status",
                        "Unknown",
                        "type",
                        type));
            } else if (!"Unknown".equals(before.get("status"))) {
                before.put("status", "Unknown");
                before.put("reason", "NodeStatusUnknown");
                before.put("message", "Kubelet stopped posting node status.");
                before.put("lastTransitionTime", context.now());
            }
        }
        changed.set(conditions, "status", "conditions");
        return changed;
    }
}
