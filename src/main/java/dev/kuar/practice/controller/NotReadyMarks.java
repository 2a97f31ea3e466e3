package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** Says of pods whose node does not answer that they aren't ready; what else their condition says stays. */
final class NotReadyMarks {
    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;

    NotReadyMarks(ControllerContext context, ApiClient client, EventRecorder events) {
        this.context = context;
        this.client = client;
        this.events = events;
    }

    /** Its kubelet, if there is one still, puts it right. */
    void mark(KubeObject pod) {
        Map<String, Object> before = Trees.condition(pod, "Ready");
        if (before.isEmpty() || "False".equals(before.get("status"))) {
            return;
        }
        KubeObject changed = pod.copy();
        List<Map<String, Object>> conditions = changed.maps("status", "conditions");
        for (Map<String, Object> condition : conditions) {
            if ("Ready".equals(condition.get("type"))) {
                condition.put("status", "False");
                condition.put("lastTransitionTime", context.now());
            }
        }
        try {
            client.updateSubresource(Kinds.PODS, "status", changed);
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return;
            }
            throw e;
        }
        events.warning(pod, "NodeNotReady", "Node is not ready");
    }
}
