package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;

/**
 * How far a rollout is, in kubectl's words.
 *
 * @param text the line
 * @param done whether it is complete
 */
record RolloutStatus(String text, boolean done) {
    static RolloutStatus of(String kind, String name, Tree object) {
        Tree status = object.at("status");
        boolean seen = object.number(0, "metadata", "generation") <= status.number(0, "observedGeneration");
        return switch (kind) {
            case "Deployment" -> seen ? deployment(name, object, status) : waiting("deployment");
            case "DaemonSet" -> seen ? daemonSet(name, status) : waiting("daemon set");
            case "StatefulSet" -> seen ? statefulSet(object, status) : waiting("statefulset");
            default -> throw Failure.error("no status viewer has been implemented for " + kind);
        };
    }

    private static RolloutStatus waiting(String what) {
        return new RolloutStatus("Waiting for " + what + " spec update to be observed...", false);
    }

    private static RolloutStatus deployment(String name, Tree object, Tree status) {
        for (Tree condition : status.items("conditions")) {
            if ("ProgressDeadlineExceeded".equals(condition.text("reason"))) {
                throw Failure.error("deployment \"" + name + "\" exceeded its progress deadline");
            }
        }
        long wanted = object.number(1, "spec", "replicas");
        long updated = status.number(0, "updatedReplicas");
        String head = "Waiting for deployment \"" + name + "\" rollout to finish: ";
        if (updated < wanted) {
            return new RolloutStatus(
                    head + updated + " out of " + wanted + " new replicas have been updated...", false);
        }
        if (status.number(0, "replicas") > updated) {
            return new RolloutStatus(
                    head + (status.number(0, "replicas") - updated) + " old replicas are pending termination...",
                    false);
        }
        if (status.number(0, "availableReplicas") < updated) {
            return new RolloutStatus(
                    head + status.number(0, "availableReplicas") + " of " + updated
                            + " updated replicas are available...",
                    false);
        }
        return new RolloutStatus("deployment \"" + name + "\" successfully rolled out", true);
    }

    private static RolloutStatus daemonSet(String name, Tree status) {
        long wanted = status.number(0, "desiredNumberScheduled");
        String head = "Waiting for daemon set \"" + name + "\" rollout to finish: ";
        long updated = status.number(0, "updatedNumberScheduled");
        if (updated < wanted) {
            return new RolloutStatus(head + updated + " out of " + wanted + " new pods have been updated...", false);
        }
        long available = status.number(0, "numberAvailable");
        return available < wanted
                ? new RolloutStatus(head + available + " of " + wanted + " updated pods are available...", false)
                : new RolloutStatus("daemon set \"" + name + "\" successfully rolled out", true);
    }

    private static RolloutStatus statefulSet(Tree object, Tree status) {
        long wanted = object.number(1, "spec", "replicas");
        long ready = status.number(0, "readyReplicas");
        if (ready < wanted) {
            return new RolloutStatus("Waiting for " + (wanted - ready) + " pods to be ready...", false);
        }
        String revision = status.text("updateRevision");
        if (!revision.equals(status.text("currentRevision"))) {
            return new RolloutStatus(
                    "waiting for statefulset rolling update to complete " + status.number(0, "updatedReplicas")
                            + " pods at revision " + revision + "...",
                    false);
        }
        return new RolloutStatus(
                "statefulset rolling update complete " + status.number(0, "currentReplicas") + " pods at revision "
                        + status.text("currentRevision") + "...",
                true);
    }
}
