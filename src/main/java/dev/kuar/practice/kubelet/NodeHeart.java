package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registers a node and keeps it alive: its Lease every ten seconds, its status every five minutes or when it changed. */
final class NodeHeart {
    private static final Duration LEASE = Duration.ofSeconds(10);
    /** A Lease that was renewed within this time is not renewed by a beat that comes early. */
    private static final Duration FRESH = Duration.ofSeconds(9);

    private static final Duration STATUS = Duration.ofMinutes(5);
    private static final Duration RETRY = Duration.ofMillis(50);

    /** A kubelet has looked at its machine some time before its node is registered. */
    private static final Duration LOOKED = Duration.ofSeconds(1);

    private final NodeAgent node;
    private volatile boolean beating;
    private boolean beaten;

    /** Whether the machine was off and has not told of its start yet. */
    private boolean again;

    private ClusterClock.@Nullable Timeout next;
    private Instant reported = Instant.MIN;
    private Instant renewed = Instant.MIN;
    private int images;
    private Set<String> pressure = Set.of();

    NodeHeart(NodeAgent node) {
        this.node = node;
    }

    synchronized void start() {
        beating = true;
        again = beaten;
        reported = Instant.MIN;
        renewed = Instant.MIN;
        node.execute(this::beat);
    }

    synchronized void stop() {
        beating = false;
        if (next != null) {
            next.cancel();
        }
    }

    /** Reports at once where a condition has changed. */
    synchronized void hurry() {
        if (beating && beaten && !pressure.equals(node.pressure().conditions())) {
            if (next != null) {
                next.cancel();
            }
            node.execute(this::beat);
        }
    }

    private synchronized void beat() {
        if (!beating) {
            return;
        }
        Duration pause = LEASE;
        try {
            Instant now = node.clock().now();
            List<Object> list = node.images().list();
            if (Duration.between(reported, now).compareTo(STATUS) >= 0
                    || list.size() != images
                    || !pressure.equals(node.pressure().conditions())
                    || isTakenForLost()) {
                boolean ready = report(now, list);
                reported = ready ? now : Instant.MIN;
                images = list.size();
            }
            if (Duration.between(renewed, now).compareTo(FRESH) >= 0) {
                renew(now);
                renewed = now;
            }
            beaten = true;
            pause = reported.equals(Instant.MIN) ? RETRY : pause;
        } catch (RuntimeException e) {
            System.getLogger(NodeHeart.class.getName()).log(System.Logger.Level.DEBUG, "a beat of " + node.name(), e);
            pause = beaten ? Duration.ofSeconds(1) : RETRY;
        }
        if (next != null) {
            // One that was begun before it was hurried, or before the machine was off: else it would beat twice from
            // here on.
            next.cancel();
        }
        next = node.clock().after(pause, () -> node.execute(this::beat));
    }

    /** Whether the API says that this node is not ready, as it does of one that was silent for too long. */
    private boolean isTakenForLost() {
        return node.api()
                .informer(Resources.NODES)
                .find("", node.name())
                .filter(known -> known.maps("status", "conditions").stream()
                        .anyMatch(each -> "Ready".equals(each.get("type")) && !"True".equals(each.get("status"))))
                .isPresent();
    }

    /** Returns whether the node is Ready. */
    private boolean report(Instant now, List<Object> list) {
        Optional<KubeObject> found = node.api().find(Resources.NODES, "", node.name());
        KubeObject registered = node.spec().node().copy();
        if (found.isEmpty()) {
            found = Optional.of(register(now.minus(LOOKED), registered));
        }
        if (again) {
            again = false;
            tellOfStart(false);
        }
        if (!hasNetwork(found.get())) {
            return false;
        }
        KubeObject changed = found.get().copy();
        KubeObject before = found.get();
        Map<String, Object> status = new LinkedHashMap<>(before.map("status"));
        status.putAll(registered.map("status"));
        Set<String> pressed = node.pressure().conditions();
        status.put("conditions", conditions(now, before, pressed));
        status.put("images", list);
        changed.set(status, "status");
        changed.set(null, "metadata", "resourceVersion");
        node.api().updateSubresource(Resources.NODES, "status", changed);
        tellOfPressure(pressed);
        return true;
    }

    /** Once there, its configuration stays on the node's disk. */
    private boolean hasNetwork(KubeObject registered) {
        String daemon = node.spec().networkDaemon();
        return daemon.isEmpty()
                || registered.maps("status", "conditions").stream()
                        .noneMatch(each ->
                                "Ready".equals(each.get("type")) && "KubeletNotReady".equals(each.get("reason")))
                || node.workers().stream().anyMatch(worker -> isOf(daemon, worker));
    }

    private static boolean isOf(String daemon, PodWorker worker) {
        KubeObject pod = worker.pod();
        return pod.namespace().equals("kube-system")
                && pod.ownerReferences().stream()
                        .anyMatch(owner -> "DaemonSet".equals(owner.get("kind")) && daemon.equals(owner.get("name")))
                && worker.records().stream().anyMatch(ContainerRecord::isRunning);
    }

    /** Registers the node, not ready yet; labels that no kubelet may give itself come from who made the cluster. */
    private KubeObject register(Instant now, KubeObject wanted) {
        KubeObject registered = wanted.copy();
        List<Object> conditions = conditions(now, registered, Set.of());
        conditions.set(
                3,
                condition(
                        now,
                        registered,
                        "Ready",
                        "False",
                        "KubeletNotReady",
                        "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady"
                                + " message:Network plugin returns error: cni plugin not initialized"));
        registered.set(conditions, "status", "conditions");
        Map<String, Object> own = new LinkedHashMap<>();
        Map<String, Object> given = new LinkedHashMap<>();
        wanted.labels().forEach((key, value) -> (isGiven(key) ? given : own).put(key, value));
        registered.set(own, "metadata", "labels");
        KubeObject made = node.api().create(Resources.NODES, "", registered);
        if (!given.isEmpty()) {
            // A patch, because others have written to the node by now: its network's range, its taints.
            Map<String, Object> patch = Map.of("metadata", Map.of("labels", given));
            made = node.installer().patch(Resources.NODES, "", node.name(), "", ApiClient.PatchType.MERGE, patch);
        }
        tellOfStart(node.spec().controlPlane());
        makeStorageNode(made);
        return made;
    }

    private static boolean isGiven(String label) {
        return label.startsWith("node-role.kubernetes.io/")
                || label.startsWith("minikube.k8s.io/")
                || label.startsWith("k8s.io/")
                || label.equals("node.kubernetes.io/exclude-from-external-load-balancers");
    }

    private void tellOfPressure(Set<String> now) {
        boolean memory = now.contains("MemoryPressure");
        if (memory != pressure.contains("MemoryPressure")) {
            tellState(memory ? "NodeHasInsufficientMemory" : "NodeHasSufficientMemory");
        }
        boolean disk = now.contains("DiskPressure");
        if (disk != pressure.contains("DiskPressure")) {
            tellState(disk ? "NodeHasDiskPressure" : "NodeHasNoDiskPressure");
        }
        pressure = now;
    }

    private void tellState(String state) {
        node.events().node("Normal", state, "Node " + node.name() + " status is now: " + state);
    }

    /** @param first whether there is no API server yet: what a control plane's kubelet says before is never heard */
    private void tellOfStart(boolean first) {
        if (!first) {
            node.events().node("Normal", "Starting", "Starting kubelet.");
        }
        for (String state : List.of("NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID")) {
            tellState(state);
        }
        node.events().node("Normal", "NodeAllocatableEnforced", "Updated Node Allocatable limit across pods");
        if (!first) {
            tellState("NodeReady");
        }
    }

    private void makeStorageNode(KubeObject made) {
        try {
            node.api().create(Resources.CSI_NODES, "", CsiNode.of(made));
        } catch (ApiException e) {
            node.events().node("Warning", "CSINodeFailed", String.valueOf(e.getMessage()));
        }
    }

    private static List<Object> conditions(Instant now, KubeObject before, Set<String> pressed) {
        List<Object> conditions = new ArrayList<>();
        boolean memory = pressed.contains("MemoryPressure");
        conditions.add(condition(
                now,
                before,
                "MemoryPressure",
                memory ? "True" : "False",
                memory ? "KubeletHasInsufficientMemory" : "KubeletHasSufficientMemory",
                "kubelet has " + (memory ? "insufficient" : "sufficient") + " memory available"));
        boolean disk = pressed.contains("DiskPressure");
        conditions.add(condition(
                now,
                before,
                "DiskPressure",
                disk ? "True" : "False",
                disk ? "KubeletHasDiskPressure" : "KubeletHasNoDiskPressure",
                "kubelet has " + (disk ? "" : "no ") + "disk pressure"));
        conditions.add(condition(
                now,
                before,
                "PIDPressure",
                "False",
                "KubeletHasSufficientPID",
                "kubelet has sufficient PID available"));
        conditions.add(condition(now, before, "Ready", "True", "KubeletReady", "kubelet is posting ready status"));
        for (Map<String, Object> other : before.maps("status", "conditions")) {
            if (!List.of("MemoryPressure", "DiskPressure", "PIDPressure", "Ready")
                    .contains(String.valueOf(other.get("type")))) {
                conditions.add(other);
            }
        }
        return conditions;
    }

    private static Map<String, Object> condition(
            Instant now, KubeObject before, String type, String status, String reason, String message) {
        Object since = Times.seconds(now);
        for (Map<String, Object> old : before.maps("status", "conditions")) {
            Object kept = old.get("lastTransitionTime");
            if (type.equals(old.get("type")) && status.equals(old.get("status")) && kept != null) {
                since = kept;
            }
        }
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", status);
        condition.put("lastHeartbeatTime", Times.seconds(now));
        condition.put("lastTransitionTime", since);
        condition.put("reason", reason);
        condition.put("message", message);
        return condition;
    }

    private void renew(Instant now) {
        Optional<KubeObject> found = node.api().find(Resources.LEASES, "kube-node-lease", node.name());
        if (found.isPresent()) {
            KubeObject lease = found.get().copy();
            lease.set(Times.micros(now), "spec", "renewTime");
            node.api().update(Resources.LEASES, lease);
            return;
        }
        KubeObject lease = KubeObject.create("coordination.k8s.io/v1", "Lease", "kube-node-lease", node.name());
        Map<String, Object> owner = new LinkedHashMap<>();
        owner.put("apiVersion", "v1");
        owner.put("kind", "Node");
        owner.put("name", node.name());
        owner.put("uid", node.api().get(Resources.NODES, "", node.name()).uid());
        lease.set(new ArrayList<>(List.of(owner)), "metadata", "ownerReferences");
        lease.set(node.name(), "spec", "holderIdentity");
        lease.set(40L, "spec", "leaseDurationSeconds");
        lease.set(Times.micros(now), "spec", "renewTime");
        node.api().create(Resources.LEASES, "kube-node-lease", lease);
    }
}
