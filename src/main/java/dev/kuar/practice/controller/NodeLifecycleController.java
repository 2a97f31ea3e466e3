package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches over nodes: a node whose lease is not renewed for 50 seconds becomes Unknown, conditions become taints, and when a
 * node is no longer ready its pods aren't either.
 *
 * <p>Models the node lifecycle controller of Kubernetes 1.36, its grace period included.
 */
final class NodeLifecycleController implements Reconciler {
    private static final Duration GRACE = Duration.ofSeconds(50);
    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer nodes;
    private final Informer leases;
    private final Informer pods;
    private final Map<String, Health> known = new ConcurrentHashMap<>();

    /**
     * How a node was when it was last looked at.
     *
     * @param ready the status of its condition
     * @param marking whether its pods are still to be marked as not ready
     */
    private record Health(String ready, boolean marking) {
        boolean wasReady() {
            return ready.equals("True");
        }
    }

    private NodeLifecycleController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("node-controller");
        this.events = context.events("node-controller");
        this.nodes = context.informer(Kinds.NODES);
        this.leases = context.informer(Kinds.LEASES);
        this.pods = context.informer(Kinds.PODS);
    }

    static void start(ControllerContext context) {
        NodeLifecycleController controller = new NodeLifecycleController(context);
        Loop loop = context.loop("node-lifecycle-controller", controller);
        context.watch(Kinds.NODES, loop);
        Loop arrivals = context.loop("node-lifecycle-pods", controller::arrived);
        context.listen(Kinds.PODS, (old, now) -> {
            if (now != null && (old == null || !nodeOf(old).equals(nodeOf(now)))) {
                arrivals.add(Key.of(now));
            }
        });
        context.listen(Kinds.LEASES, (old, now) -> {
            // Renewals as such move nothing: the timer that is set looks at the lease when it fires.
            if (now != null && old == null && now.namespace().equals("kube-node-lease")) {
                loop.add(new Key("", now.name()));
            }
        });
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject node = nodes.find("", key.name()).orElse(null);
        if (node == null) {
            if (known.remove(key.name()) != null) {
                KubeObject gone = KubeObject.create("v1", "Node", "", key.name());
                events.normal(
                        gone,
                        "RemovingNode",
                        "Node " + key.name() + " event: Removing Node " + key.name() + " from Controller");
            }
            return Next.ON_CHANGE;
        }
        Health before = known.get(key.name());
        if (before == null) {
            events.normal(
                    node,
                    "RegisteredNode",
                    "Node " + key.name() + " event: Registered Node " + key.name() + " in Controller");
        }
        Instant due = context.due(lastSign(node), GRACE.toSeconds());
        boolean silent = !due.isAfter(context.instant());
        String ready = Trees.text(Trees.condition(node, "Ready"), "status");
        if (silent && !ready.equals("Unknown")) {
            markUnknown(node);
            return Next.ON_CHANGE;
        }
        boolean turned = before != null && before.wasReady() && !ready.equals("True");
        boolean marking = turned || before != null && before.marking() && !ready.equals("True");
        known.put(key.name(), new Health(ready, marking));
        if (turned) {
            events.normal(node, "NodeNotReady", "Node " + key.name() + " status is now: NodeNotReady");
        }
        taint(node, ready);
        if (marking) {
            markPods(node);
            known.put(key.name(), new Health(ready, false));
        }
        return silent ? Next.ON_CHANGE : Next.at(due, context.instant());
    }

    /** When the node was last heard of: its lease, its heartbeat, or its registration. */
    private Instant lastSign(KubeObject node) {
        Instant latest = PodState.created(node);
        Instant lease = leases.find("kube-node-lease", node.name())
                .map(object -> PodState.time(object.text("spec", "renewTime")))
                .orElse(Instant.MIN);
        Instant beat = PodState.time(Trees.text(Trees.condition(node, "Ready"), "lastHeartbeatTime"));
        latest = lease.isAfter(latest) ? lease : latest;
        return beat.isAfter(latest) ? beat : latest;
    }

    private void markUnknown(KubeObject node) {
        KubeObject changed = node.copy();
        for (String type : List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure")) {
            Map<String, Object> before = Trees.condition(node, type);
            if ("Unknown".equals(before.get("status"))) {
                continue;
            }
            boolean never = before.isEmpty();
            List<Object> all = Trees.withCondition(
                    changed.maps("status", "conditions"),
                    type,
                    "Unknown",
                    never ? "NodeStatusNeverUpdated" : "NodeStatusUnknown",
                    never ? "Kubelet never posted node status." : "Kubelet stopped posting node status.",
                    context.now());
            for (Object condition : all) {
                if (condition instanceof Map<?, ?> map && type.equals(map.get("type"))) {
                    @SuppressWarnings("unchecked")
                    Map<String, Object> mine = (Map<String, Object>) map;
                    mine.put(
                            "lastHeartbeatTime",
                            before.getOrDefault("lastHeartbeatTime", node.text("metadata", "creationTimestamp")));
                }
            }
            changed.set(all, "status", "conditions");
        }
        client.updateSubresource(Kinds.NODES, "status", changed);
    }

    /** Makes taints agree with conditions and with {@code spec.unschedulable}. */
    private void taint(KubeObject node, String ready) {
        List<Map<String, Object>> before = node.maps("spec", "taints");
        List<Object> after = new ArrayList<>(before);
        set(after, NOT_READY, "NoSchedule", ready.equals("False") || ready.isEmpty(), false);
        set(after, UNREACHABLE, "NoSchedule", ready.equals("Unknown"), false);
        set(after, "node.kubernetes.io/memory-pressure", "NoSchedule", Trees.isTrue(node, "MemoryPressure"), false);
        set(after, "node.kubernetes.io/disk-pressure", "NoSchedule", Trees.isTrue(node, "DiskPressure"), false);
        set(after, "node.kubernetes.io/pid-pressure", "NoSchedule", Trees.isTrue(node, "PIDPressure"), false);
        set(
                after,
                "node.kubernetes.io/network-unavailable",
                "NoSchedule",
                Trees.isTrue(node, "NetworkUnavailable"),
                false);
        set(after, "node.kubernetes.io/unschedulable", "NoSchedule", node.flag("spec", "unschedulable"), true);
        set(after, NOT_READY, "NoExecute", ready.equals("False"), true);
        set(after, UNREACHABLE, "NoExecute", ready.equals("Unknown"), true);
        if (!after.equals(before)) {
            KubeObject changed = node.copy();
            changed.set(after.isEmpty() ? null : after, "spec", "taints");
            client.update(Kinds.NODES, changed);
        }
    }

    private void set(List<Object> taints, String key, String effect, boolean wanted, boolean timed) {
        boolean there = taints.stream()
                .anyMatch(t ->
                        t instanceof Map<?, ?> map && key.equals(map.get("key")) && effect.equals(map.get("effect")));
        if (wanted && !there) {
            taints.add(Trees.map("effect", effect, "key", key, "timeAdded", timed ? context.now() : null));
        } else if (!wanted && there) {
            taints.removeIf(
                    t -> t instanceof Map<?, ?> map && key.equals(map.get("key")) && effect.equals(map.get("effect")));
        }
    }

    private static String nodeOf(KubeObject pod) {
        return pod.text("spec", "nodeName");
    }

    /** A pod came to a node: one that is known not to be ready has no ready pods. */
    private Next arrived(Key key) {
        pods.find(key.namespace(), key.name()).ifPresent(pod -> {
            Health health = known.get(nodeOf(pod));
            if (health != null && !health.wasReady() && PodState.isReady(pod)) {
                mark(pod);
            }
        });
        return Next.ON_CHANGE;
    }

    private void markPods(KubeObject node) {
        for (KubeObject pod : pods.all()) {
            if (nodeOf(pod).equals(node.name()) && PodState.isReady(pod)) {
                mark(pod);
            }
        }
    }

    /** Its kubelet, if there is one still, puts it right. */
    private void mark(KubeObject pod) {
        KubeObject changed = pod.copy();
        changed.set(
                Trees.withCondition(
                        pod.maps("status", "conditions"),
                        "Ready",
                        "False",
                        "NodeNotReady",
                        "Node is not ready",
                        context.now()),
                "status",
                "conditions");
        client.updateSubresource(Kinds.PODS, "status", changed);
        events.warning(pod, "NodeNotReady", "Node is not ready");
    }
}
