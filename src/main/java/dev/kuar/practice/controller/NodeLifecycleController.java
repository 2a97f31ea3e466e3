package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches over nodes: says who came and went, makes of conditions taints that keep new pods away, and keeps the old labels of
 * system and architecture; {@link NodeMonitor} looks for those that have gone silent.
 *
 * <p>Models the node lifecycle controller of Kubernetes 1.36.
 */
final class NodeLifecycleController implements Reconciler {
    private static final String NO_SCHEDULE = "NoSchedule";
    private static final TaintSwap.Mark UNSCHEDULABLE =
            new TaintSwap.Mark("node.kubernetes.io/unschedulable", NO_SCHEDULE);

    /** By type and status of a condition. */
    private static final Map<String, TaintSwap.Mark> BY_CONDITION = Map.of(
            "Ready=False", new TaintSwap.Mark("node.kubernetes.io/not-ready", NO_SCHEDULE),
            "Ready=Unknown", new TaintSwap.Mark("node.kubernetes.io/unreachable", NO_SCHEDULE),
            "MemoryPressure=True", new TaintSwap.Mark("node.kubernetes.io/memory-pressure", NO_SCHEDULE),
            "DiskPressure=True", new TaintSwap.Mark("node.kubernetes.io/disk-pressure", NO_SCHEDULE),
            "NetworkUnavailable=True", new TaintSwap.Mark("node.kubernetes.io/network-unavailable", NO_SCHEDULE),
            "PIDPressure=True", new TaintSwap.Mark("node.kubernetes.io/pid-pressure", NO_SCHEDULE));

    /** The label that counts, and the old one that follows it. */
    private static final Map<String, String> LABELS = Map.of(
            "kubernetes.io/os", "beta.kubernetes.io/os",
            "kubernetes.io/arch", "beta.kubernetes.io/arch");

    private final ApiClient client;
    private final EventRecorder events;
    private final Informer nodes;
    private final TaintSwap taints;

    /** How events refer to the nodes that there are, by name. */
    private final Map<String, KubeObject> known = new ConcurrentHashMap<>();

    private NodeLifecycleController(ControllerContext context, ApiClient client, EventRecorder events) {
        this.client = client;
        this.events = events;
        this.nodes = context.informer(Kinds.NODES);
        this.taints = new TaintSwap(context, client);
    }

    static void start(ControllerContext context) {
        ApiClient client = context.clientFor("node-controller");
        EventRecorder events = context.events("node-controller");
        Reconciler controller = new NodeLifecycleController(context, client, events);
        context.watch(Kinds.NODES, context.loop("node-lifecycle-controller", controller));
        new NodeMonitor(context, client, events).start();
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject node = nodes.find("", key.name()).orElse(null);
        if (node == null) {
            KubeObject gone = known.remove(key.name());
            if (gone != null) {
                tell(gone, "RemovingNode", "Removing Node " + key.name() + " from Controller");
            }
            return Next.ON_CHANGE;
        }
        KubeObject reference = NodeMonitor.reference(node);
        if (known.putIfAbsent(key.name(), reference) == null) {
            tell(reference, "RegisteredNode", "Registered Node " + key.name() + " in Controller");
        }
        reconcileLabels(taint(node));
        return Next.ON_CHANGE;
    }

    private void tell(KubeObject node, String reason, String what) {
        events.normal(node, reason, "Node " + node.name() + " event: " + what);
    }

    /** Makes the taints that keep new pods away agree with conditions and with {@code spec.unschedulable}. */
    private KubeObject taint(KubeObject node) {
        List<TaintSwap.Mark> wanted = new ArrayList<>();
        for (Map<String, Object> condition : node.maps("status", "conditions")) {
            TaintSwap.Mark mark = BY_CONDITION.get(condition.get("type") + "=" + condition.get("status"));
            if (mark != null) {
                wanted.add(mark);
            }
        }
        if (node.flag("spec", "unschedulable")) {
            wanted.add(UNSCHEDULABLE);
        }
        List<TaintSwap.Mark> unwanted = new ArrayList<>(BY_CONDITION.values());
        unwanted.add(UNSCHEDULABLE);
        unwanted.removeAll(wanted);
        unwanted.removeIf(mark -> !mark.on(node));
        wanted.removeIf(mark -> mark.on(node));
        return taints.swap(node, wanted, unwanted);
    }

    private void reconcileLabels(KubeObject node) {
        Map<String, Object> labels = new LinkedHashMap<>(node.labels());
        LABELS.forEach((label, old) -> {
            if (labels.containsKey(label)) {
                labels.put(old, labels.get(label));
            }
        });
        if (!labels.equals(node.labels())) {
            KubeObject changed = node.copy();
            changed.set(labels, "metadata", "labels");
            client.update(Kinds.NODES, changed);
        }
    }
}
