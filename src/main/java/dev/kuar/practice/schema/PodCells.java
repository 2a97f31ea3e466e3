package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Readiness, status and restarts of a pod, by the rules of upstream's printer. */
final class PodCells {
    private final KubeObject pod;
    private final Set<String> sidecars = new HashSet<>();
    private long ready;
    private long restarts;
    private String lastRestart = "";
    private String reason;

    private PodCells(KubeObject pod) {
        this.pod = pod;
        String why = pod.text("status", "reason");
        reason = why.isEmpty() ? pod.text("status", "phase") : why;
        for (Map<String, Object> each : pod.maps("spec", "initContainers")) {
            if ("Always".equals(each.get("restartPolicy"))) {
                sidecars.add(KubeObject.of(each).text("name"));
            }
        }
        summarize();
    }

    static void register(Map<String, Cell> cells) {
        cells.put("pod.ready", pod -> new PodCells(pod).readyOfAll());
        cells.put("pod.status", pod -> new PodCells(pod).reason);
        cells.put("pod.restarts", pod -> new PodCells(pod).restartsAgo());
        cells.put("pod.ip", pod -> {
            List<Map<String, Object>> ips = pod.maps("status", "podIPs");
            return Cells.orNone(
                    ips.isEmpty()
                            ? pod.text("status", "podIP")
                            : KubeObject.of(ips.get(0)).text("ip"));
        });
        cells.put("pod.gates", pod -> gates(pod));
    }

    private String readyOfAll() {
        return ready + "/" + (pod.maps("spec", "containers").size() + sidecars.size());
    }

    private Object restartsAgo() {
        return restarts > 0 && !lastRestart.isEmpty()
                ? Ago.of(restarts + " (", lastRestart, " ago)")
                : String.valueOf(restarts);
    }

    private void summarize() {
        if (isCondition("PodScheduled", "reason", "SchedulingGated")) {
            reason = "SchedulingGated";
        }
        boolean initializing = readInit();
        if (!initializing || isCondition("Initialized", "status", "True")) {
            readContainers();
        }
        String phase = pod.text("status", "phase");
        if (pod.isTerminating() && pod.text("status", "reason").equals("NodeLost")) {
            reason = "Unknown";
        } else if (pod.isTerminating() && !phase.equals("Succeeded") && !phase.equals("Failed")) {
            reason = "Terminating";
        }
    }

    /** Whether an init container still holds the pod back. */
    private boolean readInit() {
        List<Map<String, Object>> statuses = pod.maps("status", "initContainerStatuses");
        long sidecarRestarts = 0;
        String sidecarRestart = "";
        for (int i = 0; i < statuses.size(); i++) {
            KubeObject status = KubeObject.of(statuses.get(i));
            boolean sidecar = sidecars.contains(status.text("name"));
            count(status);
            if (sidecar) {
                sidecarRestarts += status.number(0, "restartCount");
                sidecarRestart = later(sidecarRestart, status.text("lastState", "terminated", "finishedAt"));
            }
            boolean done = status.at("state", "terminated") != null
                    && status.number(0, "state", "terminated", "exitCode") == 0;
            if (done) {
                continue;
            }
            if (sidecar && status.flag("started")) {
                ready += status.flag("ready") ? 1 : 0;
                continue;
            }
            String waiting = status.text("state", "waiting", "reason");
            if (status.at("state", "terminated") != null) {
                reason = "Init:" + exit(status);
            } else if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
                reason = "Init:" + waiting;
            } else {
                reason = "Init:" + i + "/" + pod.maps("spec", "initContainers").size();
            }
            return true;
        }
        restarts = sidecarRestarts;
        lastRestart = sidecarRestart;
        return false;
    }

    private void readContainers() {
        boolean running = false;
        List<Map<String, Object>> statuses = pod.maps("status", "containerStatuses");
        for (int i = statuses.size() - 1; i >= 0; i--) {
            KubeObject status = KubeObject.of(statuses.get(i));
            count(status);
            if (!status.text("state", "waiting", "reason").isEmpty()) {
                reason = status.text("state", "waiting", "reason");
            } else if (status.at("state", "terminated") != null) {
                reason = exit(status);
            } else if (status.flag("ready") && status.at("state", "running") != null) {
                running = true;
                ready++;
            }
        }
        if (reason.equals("Completed") && running) {
            reason = isCondition("Ready", "status", "True") ? "Running" : "NotReady";
        }
    }

    private void count(KubeObject status) {
        restarts += status.number(0, "restartCount");
        lastRestart = later(lastRestart, status.text("lastState", "terminated", "finishedAt"));
    }

    private static String later(String one, String other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String exit(KubeObject status) {
        String why = status.text("state", "terminated", "reason");
        if (!why.isEmpty()) {
            return why;
        }
        long signal = status.number(0, "state", "terminated", "signal");
        return signal != 0 ? "Signal:" + signal : "ExitCode:" + status.number(0, "state", "terminated", "exitCode");
    }

    private boolean isCondition(String type, String field, String value) {
        return pod.maps("status", "conditions").stream()
                .anyMatch(each -> type.equals(each.get("type")) && value.equals(each.get(field)));
    }

    private static String gates(KubeObject pod) {
        List<Map<String, Object>> gates = pod.maps("spec", "readinessGates");
        if (gates.isEmpty()) {
            return Cells.NONE;
        }
        long met = gates.stream()
                .filter(gate -> pod.maps("status", "conditions").stream()
                        .anyMatch(each -> each.get("type") != null
                                && each.get("type").equals(gate.get("conditionType"))
                                && "True".equals(each.get("status"))))
                .count();
        return met + "/" + gates.size();
    }
}
