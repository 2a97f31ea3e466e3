package dev.kuar.practice.kubelet;

import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down how a pod is: phase, conditions, the state of its containers. */
final class PodStatus {
    private static final String RESTARTING = "AllContainersRestarting";
    private static final String DISRUPTION = "DisruptionTarget";
    private static final List<String> OWN = List.of(
            "PodResizePending",
            "PodResizeInProgress",
            "PodReadyToStartContainers",
            "Initialized",
            "Ready",
            "ContainersReady",
            "PodScheduled",
            RESTARTING);

    private final KubeObject pod;
    private final List<ContainerRecord> records;
    private final Instant now;
    private final boolean mirror;

    PodStatus(KubeObject pod, List<ContainerRecord> records, Instant now) {
        this.pod = pod;
        this.records = records;
        this.now = now;
        this.mirror = pod.annotations().containsKey("kubernetes.io/config.mirror");
    }

    /**
     * What only the worker knows.
     *
     * @param ip empty while the sandbox is not there
     * @param verdict what the kubelet has decided over the pod's head
     * @param resize the conditions that tell of a resize
     * @param given the resources that the pod as a whole was given by itself
     * @param restarting whether all its containers are started anew because one has ended
     * @param over whether the pod is ending and none of its containers runs any more
     */
    record Facts(
            String ip,
            String hostIp,
            Instant startTime,
            Verdict verdict,
            List<Map<String, Object>> resize,
            Map<String, Object> given,
            boolean restarting,
            boolean over) {}

    Map<String, Object> build(Facts facts) {
        Map<String, Object> status = new LinkedHashMap<>();
        String phase = phase(facts);
        status.put("phase", phase);
        if (!mirror && pod.generation() > 0) {
            status.put("observedGeneration", pod.generation());
        }
        if (isTold(facts)) {
            status.put("reason", facts.verdict().reason());
            status.put("message", facts.verdict().message());
        }
        status.put("conditions", conditions(phase, facts));
        status.put("hostIP", facts.hostIp());
        status.put("hostIPs", List.of(Map.of("ip", facts.hostIp())));
        if (!facts.ip().isEmpty()) {
            status.put("podIP", facts.ip());
            status.put("podIPs", List.of(Map.of("ip", facts.ip())));
        }
        status.put("startTime", Times.seconds(facts.startTime()));
        addStatuses(status, "initContainerStatuses", Kind.INIT, Kind.SIDECAR);
        addStatuses(status, "containerStatuses", Kind.MAIN, Kind.MAIN);
        addStatuses(status, "ephemeralContainerStatuses", Kind.EPHEMERAL, Kind.EPHEMERAL);
        if (facts.over()) {
            LostContainers.tell(pod, status);
        }
        String qos = pod.text("status", "qosClass");
        status.put("qosClass", qos.isEmpty() ? Qos.of(pod) : qos);
        addResources(status, facts.given());
        for (String kept :
                List.of("nominatedNodeName", "resize", "resourceClaimStatuses", "extendedResourceClaimStatus")) {
            Object value = pod.at("status", kept);
            if (value != null) {
                status.put(kept, value);
            }
        }
        return status;
    }

    /** A pod has not failed while any of its containers may run, whatever was decided. */
    private static boolean isTold(Facts facts) {
        return !facts.verdict().isNone() && facts.over();
    }

    /**
     * A pod that is taken down ends as Succeeded or Failed, also one that never ran; static pods do not. What has been said to have
     * ended, whoever said it, goes on no more.
     */
    private String phase(Facts facts) {
        String phase = isTold(facts) ? "Failed" : PodPhase.of(pod, records, facts.over());
        if (isEnd(phase) || mirror) {
            return phase;
        }
        String said = pod.text("status", "phase");
        return isEnd(said) ? said : facts.over() ? "Failed" : phase;
    }

    private static boolean isEnd(String phase) {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private void addResources(Map<String, Object> status, Map<String, Object> given) {
        Map<String, Object> requests = sum("requests");
        Map<String, Object> limits = sum("limits");
        requests.putAll(KubeObject.of(given).map("requests"));
        limits.putAll(KubeObject.of(given).map("limits"));
        Map<String, Object> resources = new LinkedHashMap<>();
        if (!limits.isEmpty()) {
            resources.put("limits", limits);
        }
        if (!requests.isEmpty()) {
            resources.put("requests", requests);
            status.put("allocatedResources", requests);
        }
        status.put("resources", resources);
    }

    private Map<String, Object> sum(String which) {
        Map<String, Quantity> sums = new LinkedHashMap<>();
        for (ContainerRecord record : records) {
            if (record.kind() == Kind.MAIN || record.kind() == Kind.SIDECAR) {
                record.spec()
                        .map("resources", which)
                        .forEach((name, value) -> sums.merge(name, Quantity.of(value), Quantity::plus));
            }
        }
        Map<String, Object> out = new LinkedHashMap<>();
        sums.forEach((name, quantity) -> out.put(name, quantity.toString()));
        return out;
    }

    private void addStatuses(Map<String, Object> status, String field, Kind first, Kind second) {
        List<Object> statuses = new ArrayList<>();
        for (ContainerRecord record : records) {
            if (record.kind() == first || record.kind() == second) {
                statuses.add(ContainerStatusTree.of(record));
            }
        }
        if (!statuses.isEmpty()) {
            status.put(field, statuses);
        }
    }

    private List<Object> conditions(String phase, Facts facts) {
        List<Object> conditions = new ArrayList<>();
        for (Map<String, Object> other : pod.maps("status", "conditions")) {
            if (!OWN.contains(String.valueOf(other.get("type")))) {
                conditions.add(other);
            }
        }
        boolean done = phase.equals("Succeeded") || phase.equals("Failed");
        if (!done) {
            conditions.addAll(facts.resize());
        }
        String doneReason = phase.equals("Succeeded") ? "PodCompleted" : "PodFailed";
        conditions.add(condition("PodReadyToStartContainers", !facts.ip().isEmpty() && !done, "", ""));
        List<String> incomplete = names(r -> r.kind() == Kind.INIT && !r.succeeded()
                || r.kind() == Kind.SIDECAR && !(r.isSeenRunning() && r.started));
        boolean begun =
                records.stream().anyMatch(r -> r.kind() == Kind.MAIN && (r.isSeenRunning() || r.isSeenTerminated()));
        boolean initialized = incomplete.isEmpty() || begun || phase.equals("Succeeded") || was("Initialized");
        conditions.add(
                initialized
                        ? condition("Initialized", true, done && phase.equals("Succeeded") ? "PodCompleted" : "", "")
                        : condition(
                                "Initialized",
                                false,
                                "ContainersNotInitialized",
                                "containers with incomplete status: [" + String.join(" ", incomplete) + "]"));
        List<String> unready = names(r -> (r.kind() == Kind.MAIN || r.kind() == Kind.SIDECAR) && !r.ready);
        boolean containersReady = unready.isEmpty() && !done;
        String reason = done ? doneReason : "ContainersNotReady";
        String message = done ? "" : "containers with unready status: [" + String.join(" ", unready) + "]";
        String gate = gates();
        boolean ready = containersReady && gate.isEmpty();
        conditions.add(
                ready
                        ? condition("Ready", true, "", "")
                        : containersReady
                                ? condition("Ready", false, "ReadinessGatesNotReady", gate)
                                : condition("Ready", false, reason, message));
        conditions.add(
                containersReady
                        ? condition("ContainersReady", true, "", "")
                        : condition("ContainersReady", false, reason, message));
        conditions.add(condition("PodScheduled", true, "", ""));
        if (RestartRules.mayRestartAll(pod)) {
            boolean restarting = facts.restarting() && !done;
            conditions.add(
                    restarting
                            ? condition(
                                    RESTARTING,
                                    true,
                                    "RestartAllContainersStarted",
                                    "container exited with restart policy rule")
                            : condition(RESTARTING, false, done ? doneReason : "", ""));
        }
        if (!facts.verdict().disruption().isEmpty()) {
            conditions.removeIf(each -> each instanceof Map<?, ?> known && DISRUPTION.equals(known.get("type")));
            conditions.add(condition(
                    DISRUPTION, true, "TerminationByKubelet", facts.verdict().disruption()));
        }
        return conditions;
    }

    /** Which readiness gates are not open yet; empty for none. */
    private String gates() {
        List<String> closed = new ArrayList<>();
        for (Map<String, Object> entry : pod.maps("spec", "readinessGates")) {
            String type = String.valueOf(entry.get("conditionType"));
            Map<String, Object> found = find(type);
            if (found == null) {
                closed.add("corresponding condition of pod readiness gate \"" + type + "\" does not exist.");
            } else if (!"True".equals(found.get("status"))) {
                closed.add("the status of pod readiness gate \"" + type + "\" is not \"True\", but "
                        + found.get("status"));
            }
        }
        return String.join(", ", closed);
    }

    /** Once initialized, a pod stays so. */
    private boolean was(String type) {
        Map<String, Object> before = find(type);
        return before != null && "True".equals(before.get("status"));
    }

    private @Nullable Map<String, Object> find(String type) {
        for (Map<String, Object> condition : pod.maps("status", "conditions")) {
            if (type.equals(condition.get("type"))) {
                return condition;
            }
        }
        return null;
    }

    private List<String> names(java.util.function.Predicate<ContainerRecord> which) {
        return records.stream().filter(which).map(ContainerRecord::name).toList();
    }

    private Map<String, Object> condition(String type, boolean on, String reason, String message) {
        Map<String, Object> before = find(type);
        String status = on ? "True" : "False";
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        if (!mirror && pod.generation() > 0) {
            condition.put("observedGeneration", pod.generation());
        }
        condition.put("status", status);
        condition.put("lastProbeTime", null);
        Object since = before == null || !status.equals(before.get("status")) ? null : before.get("lastTransitionTime");
        condition.put("lastTransitionTime", since == null ? Times.seconds(now) : since);
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
        return condition;
    }
}
