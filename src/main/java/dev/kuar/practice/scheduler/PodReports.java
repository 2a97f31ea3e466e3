package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the scheduler writes into pods: conditions, the node that is kept for one, and the end of those that have to go. */
final class PodReports {
    static final GroupResource PODS = GroupResource.core("pods");

    private final ApiClient client;
    private final ClusterClock clock;
    private final SchedulerEvents events;

    PodReports(ApiClient client, ClusterClock clock, SchedulerEvents events) {
        this.client = client;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Says that a pod was refused.
     *
     * @param reason {@code Unschedulable} or {@code SchedulerError}
     * @param node that is kept for it, empty to give up what was; null leaves it as it is
     */
    void refused(KubeObject pod, String reason, String message, @Nullable String node) {
        events.record(pod, null, "Warning", "FailedScheduling", "Scheduling", message);
        Map<String, Object> status = new LinkedHashMap<>();
        Map<String, Object> condition = condition(pod, "PodScheduled", "False", reason, message);
        if (condition != null) {
            status.put("conditions", List.of(condition));
        }
        if (node != null && !node.equals(pod.text("status", "nominatedNodeName"))) {
            status.put("nominatedNodeName", node.isEmpty() ? null : node);
        }
        patch(pod, status);
    }

    /** Says which node is kept for a pod; empty for none any more. */
    void nominated(KubeObject pod, String node) {
        if (!node.equals(pod.text("status", "nominatedNodeName"))) {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("nominatedNodeName", node.isEmpty() ? null : node);
            patch(pod, status);
        }
    }

    /** Ends a pod to make room for another. */
    void preempt(KubeObject pod, KubeObject victim, String node) {
        if (victim.isTerminating()) {
            return;
        }
        Map<String, Object> status = new LinkedHashMap<>();
        Map<String, Object> condition = condition(
                victim,
                "DisruptionTarget",
                "True",
                "PreemptionByScheduler",
                SchedulerEvents.NAME + ": preempting to accommodate a higher priority pod");
        if (condition != null) {
            status.put("conditions", List.of(condition));
        }
        try {
            patch(victim, status);
            client.delete(PODS, victim.namespace(), victim.name(), ApiClient.DeleteOptions.ofUid(victim.uid()));
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return;
            }
            throw e;
        }
        events.record(
                victim, pod, "Normal", "Preempted", "Preempting", "Preempted by pod " + pod.uid() + " on node " + node);
    }

    private void patch(KubeObject pod, Map<String, Object> status) {
        if (!status.isEmpty()) {
            client.patch(
                    PODS,
                    pod.namespace(),
                    pod.name(),
                    "status",
                    ApiClient.PatchType.STRATEGIC,
                    Map.of("status", status));
        }
    }

    /** Null where the pod says so already. */
    private @Nullable Map<String, Object> condition(
            KubeObject pod, String type, String state, String reason, String message) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put(
                "lastTransitionTime",
                clock.now().truncatedTo(ChronoUnit.SECONDS).toString());
        condition.put("message", message);
        condition.put("observedGeneration", pod.generation());
        condition.put("reason", reason);
        condition.put("status", state);
        condition.put("type", type);
        for (Map<String, Object> before : pod.maps("status", "conditions")) {
            if (!type.equals(before.get("type")) || !state.equals(before.get("status"))) {
                continue;
            }
            if (reason.equals(before.get("reason")) && message.equals(before.get("message"))) {
                return null;
            }
            condition.put("lastTransitionTime", before.get("lastTransitionTime"));
        }
        return condition;
    }
}
