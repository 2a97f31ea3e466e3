package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts and conditions of a Deployment. */
final class DeploymentStatus {
    /** How long after the deadline one looks. */
    private static final Duration LATER = Duration.ofSeconds(1);

    private final ControllerContext context;
    private final ApiClient client;

    DeploymentStatus(ControllerContext context, ApiClient client) {
        this.context = context;
        this.client = client;
    }

    boolean hasDeadline(KubeObject deployment) {
        long seconds = deployment.number(Integer.MAX_VALUE, "spec", "progressDeadlineSeconds");
        return seconds != Integer.MAX_VALUE;
    }

    /** Whether the rollout was complete when the status was last written. */
    static boolean isComplete(KubeObject deployment) {
        return isComplete(deployment, KubeObject.of(deployment.map("status")));
    }

    private static boolean isComplete(KubeObject deployment, KubeObject counted) {
        long replicas = DeploymentScaling.replicas(deployment);
        return counted.number(0, "updatedReplicas") == replicas
                && counted.number(0, "replicas") == replicas
                && counted.number(0, "availableReplicas") == replicas
                && counted.number(0, "observedGeneration") >= deployment.generation();
    }

    private KubeObject counts(KubeObject deployment, List<KubeObject> all, @Nullable KubeObject newest) {
        long total = DeploymentScaling.sum(all);
        long available = DeploymentScaling.sumStatus(all, "availableReplicas");
        long unavailable = Math.max(0, total - available);
        List<Map<String, Object>> conditions = deployment.maps("status", "conditions");
        boolean enough =
                available >= DeploymentScaling.replicas(deployment) - DeploymentScaling.maxUnavailable(deployment);
        List<Object> next = set(
                conditions,
                "Available",
                enough ? "True" : "False",
                enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.");
        return KubeObject.of(Trees.map(
                "availableReplicas", Trees.orNull(available),
                "collisionCount", deployment.at("status", "collisionCount"),
                "conditions", next,
                "observedGeneration", Trees.orNull(deployment.generation()),
                "readyReplicas", Trees.orNull(DeploymentScaling.sumStatus(all, "readyReplicas")),
                "replicas", Trees.orNull(DeploymentScaling.sumStatus(all, "replicas")),
                "terminatingReplicas", DeploymentScaling.sumStatus(all, "terminatingReplicas"),
                "unavailableReplicas", Trees.orNull(unavailable),
                "updatedReplicas", Trees.orNull(newest == null ? 0 : newest.number(0, "status", "replicas"))));
    }

    /** Counts only. */
    Next write(KubeObject deployment, List<KubeObject> all, @Nullable KubeObject newest) {
        ControllerContext.writeStatus(
                client,
                Kinds.DEPLOYMENTS,
                deployment,
                counts(deployment, all, newest).tree());
        return Next.ON_CHANGE;
    }

    /** Counts and how the rollout goes. */
    Next writeRollout(KubeObject deployment, List<KubeObject> all, @Nullable KubeObject newest) {
        KubeObject counted = counts(deployment, all, newest);
        Map<String, Object> progress = Trees.condition(deployment, "Progressing");
        String what =
                newest == null ? "Deployment \"" + deployment.name() + "\"" : "ReplicaSet \"" + newest.name() + "\"";
        if (!hasDeadline(deployment)) {
            counted.set(without(counted, "Progressing"), "conditions");
        }
        List<Map<String, Object>> conditions = counted.maps("conditions");
        boolean done = counted.number(0, "replicas") == counted.number(0, "updatedReplicas")
                && "NewReplicaSetAvailable".equals(progress.get("reason"));
        Next next = Next.ON_CHANGE;
        if (hasDeadline(deployment) && !done) {
            if (isComplete(deployment, counted)) {
                counted.set(
                        set(
                                conditions,
                                "Progressing",
                                "True",
                                "NewReplicaSetAvailable",
                                what + " has successfully progressed."),
                        "conditions");
            } else if (isProgressing(deployment, counted)) {
                counted.set(progressing(conditions, progress, what + " is progressing."), "conditions");
            } else if (isTimedOut(deployment, progress)) {
                counted.set(
                        set(
                                conditions,
                                "Progressing",
                                "False",
                                "ProgressDeadlineExceeded",
                                what + " has timed out progressing."),
                        "conditions");
            }
            next = deadline(deployment, progress);
        }
        failures(counted, all, newest);
        ControllerContext.writeStatus(client, Kinds.DEPLOYMENTS, deployment, counted.tree());
        return next;
    }

    /** Progress made again: the update time moves, the transition time only with the status. */
    private List<Object> progressing(List<Map<String, Object>> conditions, Map<String, Object> before, String message) {
        List<Object> all = new ArrayList<>();
        for (Map<String, Object> condition : conditions) {
            if (!"Progressing".equals(condition.get("type"))) {
                all.add(condition);
            }
        }
        boolean stays = "True".equals(before.get("status"));
        Object since = stays ? before.get("lastTransitionTime") : null;
        all.add(condition(
                "Progressing", "True", "ReplicaSetUpdated", message, Objects.requireNonNullElse(since, context.now())));
        return all;
    }

    private static boolean isProgressing(KubeObject deployment, KubeObject counted) {
        long updated = deployment.number(0, "status", "updatedReplicas");
        long old = deployment.number(0, "status", "replicas") - updated;
        return counted.number(0, "updatedReplicas") > updated
                || counted.number(0, "replicas") - counted.number(0, "updatedReplicas") < old
                || counted.number(0, "readyReplicas") > deployment.number(0, "status", "readyReplicas")
                || counted.number(0, "availableReplicas") > deployment.number(0, "status", "availableReplicas");
    }

    private boolean isTimedOut(KubeObject deployment, Map<String, Object> progress) {
        if (progress.isEmpty() || "NewReplicaSetAvailable".equals(progress.get("reason"))) {
            return false;
        }
        return "ProgressDeadlineExceeded".equals(progress.get("reason"))
                || dueAt(deployment, progress).isBefore(context.instant());
    }

    private Instant dueAt(KubeObject deployment, Map<String, Object> progress) {
        return context.due(
                PodState.time(Trees.text(progress, "lastUpdateTime")),
                deployment.number(600, "spec", "progressDeadlineSeconds"));
    }

    private Next deadline(KubeObject deployment, Map<String, Object> progress) {
        String reason = Trees.text(progress, "reason");
        if (progress.isEmpty()
                || reason.equals("NewReplicaSetAvailable")
                || reason.equals("ProgressDeadlineExceeded")) {
            return Next.ON_CHANGE;
        }
        return Next.at(dueAt(deployment, progress).plus(LATER), context.instant());
    }

    /** What a set could not do; of several the new one's. */
    private void failures(KubeObject counted, List<KubeObject> all, @Nullable KubeObject newest) {
        Map<String, Object> failure = newest == null ? Map.of() : Trees.condition(newest, "ReplicaFailure");
        for (KubeObject set : all) {
            failure = failure.isEmpty() ? Trees.condition(set, "ReplicaFailure") : failure;
        }
        if (failure.isEmpty()) {
            counted.set(without(counted, "ReplicaFailure"), "conditions");
            return;
        }
        Map<String, Object> there =
                Trees.condition(KubeObject.of(Trees.map("status", counted.tree())), "ReplicaFailure");
        if (Objects.equals(there.get("status"), failure.get("status"))
                && Objects.equals(there.get("reason"), failure.get("reason"))) {
            return;
        }
        Object at = Objects.requireNonNullElse(failure.get("lastTransitionTime"), "");
        boolean stays = Objects.equals(there.get("status"), failure.get("status"));
        Map<String, Object> copied = new java.util.LinkedHashMap<>();
        copied.put("lastTransitionTime", stays ? Objects.requireNonNullElse(there.get("lastTransitionTime"), at) : at);
        copied.put("lastUpdateTime", at);
        for (String field : List.of("message", "reason", "status", "type")) {
            copied.put(field, Trees.text(failure, field));
        }
        List<Object> conditions = without(counted, "ReplicaFailure");
        conditions.add(copied);
        counted.set(conditions, "conditions");
    }

    private static List<Object> without(KubeObject counted, String type) {
        List<Object> conditions = new ArrayList<>(counted.maps("conditions"));
        conditions.removeIf(condition -> condition instanceof Map<?, ?> map && type.equals(map.get("type")));
        return conditions;
    }

    /** The condition that pausing and resuming leave; null when nothing was to be said. */
    @Nullable
    KubeObject checkPaused(KubeObject deployment) {
        if (!hasDeadline(deployment)) {
            return null;
        }
        String reason = Trees.text(Trees.condition(deployment, "Progressing"), "reason");
        if (reason.equals("ProgressDeadlineExceeded")) {
            return null;
        }
        boolean paused = deployment.flag("spec", "paused");
        if (paused && !reason.equals("DeploymentPaused")) {
            return writeProgress(deployment, "Unknown", "DeploymentPaused", "Deployment is paused");
        }
        if (!paused && reason.equals("DeploymentPaused")) {
            return writeProgress(deployment, "Unknown", "DeploymentResumed", "Deployment is resumed");
        }
        return null;
    }

    private KubeObject writeProgress(KubeObject deployment, String status, String reason, String message) {
        KubeObject changed = deployment.copy();
        changed.set(withProgress(deployment, status, reason, message), "status", "conditions");
        return client.updateSubresource(Kinds.DEPLOYMENTS, "status", changed);
    }

    List<Object> withProgress(KubeObject deployment, String status, String reason, String message) {
        return set(deployment.maps("status", "conditions"), "Progressing", status, reason, message);
    }

    void writeFailure(KubeObject deployment, String message) {
        writeProgress(deployment, "False", "ReplicaSetCreateError", message);
    }

    /** Nothing changes where status and reason stay; else the condition moves to the end, as upstream appends it. */
    private List<Object> set(
            List<Map<String, Object>> conditions, String type, String status, String reason, String message) {
        List<Object> all = new ArrayList<>();
        Object since = context.now();
        for (Map<String, Object> condition : conditions) {
            if (!type.equals(condition.get("type"))) {
                all.add(condition);
                continue;
            }
            if (status.equals(condition.get("status"))) {
                if (reason.equals(condition.get("reason"))) {
                    return new ArrayList<>(conditions);
                }
                since = Objects.requireNonNullElse(condition.get("lastTransitionTime"), since);
            }
        }
        all.add(condition(type, status, reason, message, since));
        return all;
    }

    private Map<String, Object> condition(String type, String status, String reason, String message, Object since) {
        return Trees.map(
                "lastTransitionTime", since,
                "lastUpdateTime", context.now(),
                "message", message,
                "reason", reason,
                "status", status,
                "type", type);
    }
}
