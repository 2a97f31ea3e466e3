package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives the containers of a running pod what its specification asks for by now: in place, or by a restart where the
 * container's resize policy says so; later, where the node has no room. Models in-place resize of Kubernetes 1.36.
 */
final class PodResize {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final NodeAgent node;
    private final PodWorker worker;
    private final ContainerStop stop;
    private @Nullable Map<String, Object> pending;
    private @Nullable Map<String, Object> going;
    private Instant due = Instant.MIN;

    PodResize(NodeAgent node, PodWorker worker, ContainerStop stop) {
        this.node = node;
        this.worker = worker;
        this.stop = stop;
    }

    /** The conditions that tell of it; none where nothing is to be resized. */
    List<Map<String, Object>> conditions() {
        List<Map<String, Object>> conditions = new ArrayList<>();
        if (pending != null) {
            conditions.add(pending);
        }
        if (going != null) {
            conditions.add(going);
        }
        return conditions;
    }

    /** One step, while the pod runs. */
    void advance(KubeObject pod, Instant now) {
        List<ContainerRecord> changed = changed(pod);
        if (changed.isEmpty()) {
            pending = null;
        } else {
            String problem = problem(pod);
            if (problem.isEmpty()) {
                accept(pod, changed, now);
            } else {
                defer(pod, problem, now);
            }
        }
        complete(pod, now);
    }

    private List<ContainerRecord> changed(KubeObject pod) {
        List<ContainerRecord> changed = new ArrayList<>();
        for (ContainerRecord record : worker.records()) {
            Map<String, Object> wanted = wanted(pod, record);
            if (record.kind() != Kind.EPHEMERAL
                    && record.kind() != Kind.INIT
                    && wanted != null
                    && !wanted.equals(record.spec().map("resources"))) {
                changed.add(record);
            }
        }
        return changed;
    }

    private static @Nullable Map<String, Object> wanted(KubeObject pod, ContainerRecord record) {
        String list = record.kind() == Kind.MAIN ? "containers" : "initContainers";
        return pod.maps("spec", list).stream()
                .filter(each -> record.name().equals(each.get("name")))
                .map(each -> KubeObject.of(each).map("resources"))
                .findFirst()
                .orElse(null);
    }

    /** What the node lacks; empty where it has room. */
    private String problem(KubeObject pod) {
        for (String resource : List.of("cpu", "memory")) {
            long capacity = amount(resource, node.current().at("status", "allocatable", resource));
            long used = 0;
            for (PodWorker other : node.workers()) {
                String phase = other.pod().text("status", "phase");
                if (other != worker && !phase.equals("Succeeded") && !phase.equals("Failed")) {
                    used += requested(other.pod(), resource);
                }
            }
            long requested = requested(pod, resource);
            if (requested > capacity - used) {
                return "Node didn't have enough resource: " + resource + ", requested: " + requested + ", used: " + used
                        + ", capacity: " + capacity;
            }
        }
        return "";
    }

    private static long requested(KubeObject pod, String resource) {
        long sum = 0;
        for (String list : List.of("containers", "initContainers")) {
            for (Map<String, Object> each : pod.maps("spec", list)) {
                if (list.equals("containers") || "Always".equals(each.get("restartPolicy"))) {
                    sum += amount(resource, KubeObject.of(each).at("resources", "requests", resource));
                }
            }
        }
        return sum;
    }

    private static long amount(String resource, @Nullable Object value) {
        Quantity quantity = Quantity.of(value);
        return resource.equals("cpu") ? quantity.millis() : quantity.units();
    }

    private void defer(KubeObject pod, String problem, Instant now) {
        Map<String, Object> before = pending;
        boolean news = before == null || !Long.valueOf(pod.generation()).equals(before.get("observedGeneration"));
        pending = condition("PodResizePending", "Deferred", problem, pod.generation(), before, now);
        worker.wakeIn(RETRY);
        if (news) {
            node.events().pod(pod, "", "Warning", "ResizeDeferred", "Pod resize Deferred: " + summary(pod, problem));
        }
    }

    private void accept(KubeObject pod, List<ContainerRecord> changed, Instant now) {
        pending = null;
        for (ContainerRecord record : changed) {
            Map<String, Object> before = record.spec().map("resources");
            KubeObject spec = KubeObject.of(KubeObject.copyOf(record.spec().tree()));
            Map<String, Object> wanted = wanted(pod, record);
            spec.set(KubeObject.copyOf(wanted == null ? Map.of() : wanted), "resources");
            record.respecify(spec);
            if (record.isRunning() && wantsRestart(spec, before)) {
                record.again = true;
                long grace = pod.number(30, "spec", "terminationGracePeriodSeconds");
                stop.stop(record, grace, "Container " + record.name() + " resize requires restart");
            }
        }
        going = condition("PodResizeInProgress", "", "", pod.generation(), null, now);
        due = now.plus(SOON);
        worker.wakeIn(SOON);
        node.events().pod(pod, "", "Normal", "ResizeStarted", "Pod resize started: " + summary(pod, ""));
    }

    private static boolean wantsRestart(KubeObject spec, Map<String, Object> before) {
        for (Map<String, Object> policy : spec.maps("resizePolicy")) {
            String resource = String.valueOf(policy.get("resourceName"));
            boolean differs = List.of("requests", "limits").stream()
                    .anyMatch(which -> amount(resource, spec.at("resources", which, resource))
                            != amount(resource, KubeObject.of(before).at(which, resource)));
            if (differs && "RestartContainer".equals(policy.get("restartPolicy"))) {
                return true;
            }
        }
        return false;
    }

    /** Lets running containers have what was accepted; it is over once all that had to be started again runs. */
    private void complete(KubeObject pod, Instant now) {
        Map<String, Object> mine = going;
        if (mine == null || now.isBefore(due)) {
            return;
        }
        boolean over = true;
        for (ContainerRecord record : worker.records()) {
            Container container = record.container;
            if (record.again) {
                over = false;
            } else if (container != null && record.isRunning()) {
                record.actual = record.spec().map("resources");
                container.limit(
                        amount("memory", record.spec().at("resources", "limits", "memory")),
                        amount("cpu", record.spec().at("resources", "limits", "cpu")));
            }
        }
        if (over) {
            going = null;
            node.events().pod(pod, "", "Normal", "ResizeCompleted", "Pod resize completed: " + summary(pod, ""));
        }
    }

    private static Map<String, Object> condition(
            String type,
            String reason,
            String message,
            long generation,
            @Nullable Map<String, Object> before,
            Instant now) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("observedGeneration", generation);
        condition.put("status", "True");
        condition.put("lastProbeTime", before == null ? Times.seconds(now) : before.get("lastProbeTime"));
        condition.put("lastTransitionTime", before == null ? Times.seconds(now) : before.get("lastTransitionTime"));
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
            condition.put("message", message);
        }
        return condition;
    }

    /** What every container has asked for, as the events carry it. */
    private static String summary(KubeObject pod, String error) {
        Map<String, Object> summary = new LinkedHashMap<>();
        for (String list : List.of("initContainers", "containers")) {
            List<Object> entries = new ArrayList<>();
            for (Map<String, Object> container : pod.maps("spec", list)) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("name", container.get("name"));
                Map<String, Object> resources = new TreeMap<>();
                KubeObject.of(container)
                        .map("resources")
                        .forEach((name, value) ->
                                resources.put(name, value instanceof Map<?, ?> map ? new TreeMap<>(map) : value));
                entry.put("resources", resources);
                entries.add(entry);
            }
            if (!entries.isEmpty()) {
                summary.put(list, entries);
            }
        }
        summary.put("generation", pod.generation());
        if (!error.isEmpty()) {
            summary.put("error", error);
        }
        return JsonWriter.text(summary);
    }
}
