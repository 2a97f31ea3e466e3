package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** How controllers end a pod: they say why in its condition DisruptionTarget, and delete it. */
final class PodConditions {
    private PodConditions() {}

    /**
     * Patches a pod's status: more of it and, where there is a reason, the condition.
     *
     * @param more of the status
     * @param reason empty for no condition
     */
    static void patch(
            ControllerContext context,
            ApiClient client,
            KubeObject pod,
            Map<String, Object> more,
            String reason,
            String message) {
        Map<String, Object> before = Trees.condition(pod, "DisruptionTarget");
        boolean same = "True".equals(before.get("status"))
                && reason.equals(before.get("reason"))
                && message.equals(before.get("message"));
        Map<String, Object> status = new LinkedHashMap<>(more);
        if (!reason.isEmpty() && !same) {
            status.put(
                    "conditions",
                    Trees.list(Trees.map(
                            "lastTransitionTime",
                            "True".equals(before.get("status")) ? before.get("lastTransitionTime") : context.now(),
                            "message",
                            message,
                            "observedGeneration",
                            Trees.orNull(pod.generation()),
                            "reason",
                            reason,
                            "status",
                            "True",
                            "type",
                            "DisruptionTarget")));
        }
        if (!status.isEmpty()) {
            client.patch(
                    Kinds.PODS,
                    pod.namespace(),
                    pod.name(),
                    "status",
                    ApiClient.PatchType.STRATEGIC,
                    Trees.map("metadata", Trees.map("uid", pod.uid()), "status", status));
        }
    }

    /**
     * Deletes it if it is still the same.
     *
     * @param grace in seconds; negative for the pod's own
     */
    static void delete(ApiClient client, KubeObject pod, long grace) {
        try {
            client.delete(
                    Kinds.PODS,
                    pod.namespace(),
                    pod.name(),
                    new ApiClient.DeleteOptions("", grace, Map.of("uid", pod.uid())));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
