package dev.kuar.check;

import static dev.kuar.check.Trees.at;
import static dev.kuar.check.Trees.items;
import static dev.kuar.check.Trees.number;
import static dev.kuar.check.Trees.text;

import java.util.List;

/** The STATUS column of a pod. Models the printer of Kubernetes 1.36, init containers and sidecars included. */
final class PodStatus {
    private PodStatus() {}

    static String of(Object pod) {
        String reason = text(pod, "status", "reason");
        if (reason.isEmpty()) {
            reason = text(pod, "status", "phase");
        }
        String initial = initializing(pod);
        if (!initial.isEmpty()) {
            reason = initial;
        } else {
            reason = running(pod, reason);
        }
        if (at(pod, "metadata", "deletionTimestamp") == null) {
            return reason;
        }
        return text(pod, "status", "reason").equals("NodeLost") ? "Unknown" : "Terminating";
    }

    private static String initializing(Object pod) {
        List<?> statuses = items(pod, "status", "initContainerStatuses");
        int total = items(pod, "spec", "initContainers").size();
        for (int i = 0; i < statuses.size(); i++) {
            Object state = statuses.get(i);
            Object ended = at(state, "state", "terminated");
            if (ended != null && number(ended, "exitCode") == 0) {
                continue;
            }
            if (Boolean.TRUE.equals(at(state, "started")) && ended == null) {
                continue;
            }
            if (ended != null) {
                return "Init:" + terminated(ended);
            }
            String waiting = text(state, "state", "waiting", "reason");
            return waiting.isEmpty() || waiting.equals("PodInitializing")
                    ? "Init:" + i + "/" + total
                    : "Init:" + waiting;
        }
        return "";
    }

    private static String running(Object pod, String start) {
        String reason = start;
        boolean anyRunning = false;
        List<?> statuses = items(pod, "status", "containerStatuses");
        for (int i = statuses.size() - 1; i >= 0; i--) {
            Object state = statuses.get(i);
            String waiting = text(state, "state", "waiting", "reason");
            Object ended = at(state, "state", "terminated");
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (ended != null) {
                reason = terminated(ended);
            } else if (Boolean.TRUE.equals(at(state, "ready")) && at(state, "state", "running") != null) {
                anyRunning = true;
            }
        }
        if (reason.equals("Completed") && anyRunning) {
            return Columns.condition(pod, "Ready").equals("True") ? "Running" : "NotReady";
        }
        return reason;
    }

    private static String terminated(Object ended) {
        String reason = text(ended, "reason");
        if (!reason.isEmpty()) {
            return reason;
        }
        long signal = number(ended, "signal");
        return signal != 0 ? "Signal:" + signal : "ExitCode:" + number(ended, "exitCode");
    }
}
