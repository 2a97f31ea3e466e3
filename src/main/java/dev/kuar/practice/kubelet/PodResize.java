package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.Share;
import dev.kuar.practice.kubelet.ContainerRecord.Kind;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives a pod that runs and its containers what its specification asks for by now: in place, or by a restart where the container's
 * resize policy says so; later, where the node has no room. Models in-place resize of Kubernetes 1.36: what is asked for is
 * allocated first, and what is allocated is then given.
 */
final class PodResize {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(30);

    /** How long after a failure it is tried again. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final NodeAgent node;
    private final PodWorker worker;
    private final ContainerStop stop;
    private volatile Map<String, Object> allocated;
    private volatile Share whole = Share.ANY;
    private Map<String, Object> given;
    private @Nullable Map<String, Object> pending;
    private @Nullable Map<String, Object> going;
    private Instant due = Instant.MIN;

    PodResize(NodeAgent node, PodWorker worker, KubeObject pod, ContainerStop stop) {
        this.node = node;
        this.worker = worker;
        this.stop = stop;
        this.allocated = pod.map("spec", "resources");
        this.given = allocated;
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

    /** The pod with what is allocated to it instead of what it asks for. */
    KubeObject allocated(KubeObject pod) {
        if (changed(pod).isEmpty() && allocated.equals(pod.map("spec", "resources"))) {
            return pod;
        }
        KubeObject copy = pod.copy();
        if (!allocated.isEmpty()) {
            copy.set(KubeObject.copyOf(allocated), "spec", "resources");
        }
        for (String list : List.of("containers", "initContainers")) {
            for (Map<String, Object> each : copy.maps("spec", list)) {
                worker.records().stream()
                        .filter(record ->
                                record.kind() != Kind.EPHEMERAL && record.name().equals(each.get("name")))
                        .forEach(record -> each.put(
                                "resources", KubeObject.copyOf(record.spec().map("resources"))));
            }
        }
        return copy;
    }

    /** What the pod as a whole has by now. */
    Share whole() {
        return whole;
    }

    /** The resources that the pod as a whole was given by itself; empty where it asks for none. */
    Map<String, Object> given() {
        return given;
    }

    /** One step, while the pod runs. */
    void advance(KubeObject pod, Instant now) {
        List<ContainerRecord> changed = changed(pod);
        Map<String, Object> wanted = pod.map("spec", "resources");
        if (changed.isEmpty() && allocated.equals(wanted)) {
            pending = null;
        } else if (changed.stream().allMatch(record -> isSame(pod, record)) && PodShares.same(allocated, wanted)) {
            allocate(pod, changed);
            pending = null;
        } else {
            String problem = node.admission().allocate(worker, () -> allocate(pod, changed));
            if (problem.isEmpty()) {
                pending = null;
                going = condition("PodResizeInProgress", "", "", pod.generation(), null, now);
                due = now.plus(SOON);
                worker.wakeIn(SOON);
                tell(pod, "Normal", "ResizeStarted", "Pod resize started", "");
            } else {
                defer(pod, problem, now);
            }
        }
        if (going == null) {
            whole = shares(allocated(pod)).whole();
        } else if (!now.isBefore(due)) {
            actuate(pod, now);
        }
    }

    private PodShares shares(KubeObject pod) {
        return new PodShares(pod, node.machine().memory());
    }

    private List<ContainerRecord> changed(KubeObject pod) {
        List<ContainerRecord> changed = new ArrayList<>();
        for (ContainerRecord record : worker.records()) {
            Map<String, Object> wanted = wanted(pod, record);
            if (record.kind() != Kind.EPHEMERAL
                    && wanted != null
                    && !wanted.equals(record.spec().map("resources"))) {
                changed.add(record);
            }
        }
        return changed;
    }

    private static boolean isSame(KubeObject pod, ContainerRecord record) {
        Map<String, Object> wanted = wanted(pod, record);
        return wanted != null && PodShares.same(wanted, record.spec().map("resources"));
    }

    private static @Nullable Map<String, Object> wanted(KubeObject pod, ContainerRecord record) {
        String list = record.kind() == Kind.MAIN ? "containers" : "initContainers";
        return pod.maps("spec", list).stream()
                .filter(each -> record.name().equals(each.get("name")))
                .map(each -> KubeObject.of(each).map("resources"))
                .findFirst()
                .orElse(null);
    }

    private void allocate(KubeObject pod, List<ContainerRecord> changed) {
        allocated = pod.map("spec", "resources");
        for (ContainerRecord record : changed) {
            KubeObject spec = KubeObject.of(KubeObject.copyOf(record.spec().tree()));
            Map<String, Object> wanted = wanted(pod, record);
            spec.set(KubeObject.copyOf(wanted == null ? Map.of() : wanted), "resources");
            record.respecify(spec);
        }
    }

    private void defer(KubeObject pod, String problem, Instant now) {
        Map<String, Object> before = pending;
        boolean news = before == null || !Long.valueOf(pod.generation()).equals(before.get("observedGeneration"));
        pending = condition("PodResizePending", "Deferred", problem, pod.generation(), before, now);
        worker.wakeIn(RETRY);
        if (news) {
            tell(pod, "Warning", "ResizeDeferred", "Pod resize Deferred", problem);
        }
    }

    /** Lets running containers have what was allocated; it is over once all that had to be started again runs. */
    private void actuate(KubeObject pod, Instant now) {
        KubeObject resized = allocated(pod);
        PodShares shares = shares(resized);
        Share wanted = shares.whole();
        String problem = lessThanUsed(shares, wanted);
        if (!problem.isEmpty()) {
            fail(pod, problem, now);
            return;
        }
        boolean over = true;
        for (ContainerRecord record : worker.records()) {
            Container container = record.container;
            if (record.again) {
                over = false;
            } else if (record.kind() != Kind.EPHEMERAL && container != null && record.isRunning()) {
                Share share = shares.container(record.spec());
                if (wantsRestart(record, container.share(), share)) {
                    record.again = true;
                    over = false;
                    long grace = pod.number(30, "spec", "terminationGracePeriodSeconds");
                    stop.stop(record, grace, "Container " + record.name() + " resize requires restart");
                } else {
                    container.resize(share);
                    record.actual = record.spec().map("resources");
                }
            }
        }
        whole = wanted;
        given = allocated;
        if (over) {
            going = null;
            tell(resized, "Normal", "ResizeCompleted", "Pod resize completed", "");
        }
    }

    private static boolean wantsRestart(ContainerRecord record, Share has, Share wants) {
        Map<String, Object> actual = record.actual == null ? Map.of() : record.actual;
        for (Map<String, Object> policy : record.spec().maps("resizePolicy")) {
            String resource = String.valueOf(policy.get("resourceName"));
            boolean request = PodShares.amount(resource, record.spec().at("resources", "requests", resource))
                    != PodShares.amount(resource, KubeObject.of(actual).at("requests", resource));
            boolean limit = resource.equals("cpu")
                    ? has.cpuLimit() != wants.cpuLimit()
                    : has.memoryLimit() != wants.memoryLimit();
            if ((request || limit) && "RestartContainer".equals(policy.get("restartPolicy"))) {
                return true;
            }
        }
        return false;
    }

    /** Which limits would be below what is used already; empty where none is. */
    private String lessThanUsed(PodShares shares, Share wanted) {
        List<String> problems = new ArrayList<>();
        long used = 0;
        List<String> ofContainers = new ArrayList<>();
        for (ContainerRecord record : worker.records()) {
            Container container = record.container;
            if (container == null || !record.isRunning() || record.kind() == Kind.EPHEMERAL) {
                continue;
            }
            long own = container.memoryUsage();
            Share share = shares.container(record.spec());
            used += own;
            if (lowers(share, container.share())
                    && own >= share.memoryLimit()
                    && !wantsRestart(record, container.share(), share)) {
                ofContainers.add("attempting to set container \"" + record.name() + "\" memory limit ("
                        + share.memoryLimit() + ") below current usage (" + own + ")");
            }
        }
        if (lowers(wanted, whole) && used >= wanted.memoryLimit()) {
            problems.add("attempting to set pod memory limit (" + wanted.memoryLimit() + ") below current usage ("
                    + used + ")");
        }
        problems.addAll(ofContainers);
        return switch (problems.size()) {
            case 0 -> "";
            case 1 -> "cannot decrease memory limits: " + problems.get(0);
            default -> "cannot decrease memory limits: [" + String.join(", ", problems) + "]";
        };
    }

    private static boolean lowers(Share wanted, Share has) {
        return wanted.memoryLimit() > 0 && (has.memoryLimit() == 0 || wanted.memoryLimit() < has.memoryLimit());
    }

    private void fail(KubeObject pod, String problem, Instant now) {
        Map<String, Object> before = going;
        boolean news = before == null || !problem.equals(before.get("message"));
        due = now.plus(AGAIN);
        worker.wakeIn(AGAIN);
        if (news) {
            long generation =
                    before == null ? pod.generation() : KubeObject.of(before).number(0, "observedGeneration");
            going = condition("PodResizeInProgress", "Error", problem, generation, before, now);
            tell(pod, "Warning", "ResizeError", "Pod resize error", problem);
        }
    }

    private void tell(KubeObject pod, String type, String reason, String head, String error) {
        node.events().pod(pod, "", type, reason, head + ": " + summary(pod, error));
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
