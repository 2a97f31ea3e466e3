package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all nodes, at most every five seconds and when something is due: a node that was silent for 50 s (60 s if it never
 * said how it is) becomes Unknown, its pods aren't ready then, and nodes that are down are tainted so that their pods go.
 *
 * <p>Models the pass over all nodes of the node lifecycle controller of Kubernetes 1.36.
 */
final class NodeMonitor {
    private static final Key ALL = new Key("", "nodes");
    private static final Key TAINTS = new Key("", "taints");
    private static final long GRACE = 50;
    private static final long STARTUP_GRACE = 60;
    private static final TaintSwap.Mark NOT_READY = new TaintSwap.Mark("node.kubernetes.io/not-ready", "NoExecute");
    private static final TaintSwap.Mark UNREACHABLE = new TaintSwap.Mark("node.kubernetes.io/unreachable", "NoExecute");

    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer nodes;
    private final Informer leases;
    private final Informer pods;
    private final TaintSwap taints;
    private final NotReadyMarks marks;
    private final NodeSilence silence;
    private final EvictionZones zones = new EvictionZones();
    private final Beat beat;
    private final Loop loop;

    /** The status of the condition Ready at the last look, by node; empty for none. */
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    /** Since when a node that has a condition is known, and whose silence counts from then on. */
    private final Map<String, Instant> known = new HashMap<>();

    NodeMonitor(ControllerContext context, ApiClient client, EventRecorder events) {
        this.context = context;
        this.client = client;
        this.events = events;
        this.nodes = context.informer(Kinds.NODES);
        this.leases = context.informer(Kinds.LEASES);
        this.pods = context.informer(Kinds.PODS);
        this.taints = new TaintSwap(context, client);
        this.marks = new NotReadyMarks(context, client, events);
        this.silence = new NodeSilence(context);
        this.beat = new Beat(context.instant(), Duration.ofSeconds(5));
        this.loop = context.loop("node-monitor", this::look);
    }

    void start() {
        context.listen(Kinds.NODES, (old, now) -> soon());
        Loop arrivals = context.loop("node-lifecycle-pods", this::arrived);
        context.listen(Kinds.PODS, (old, now) -> {
            if (now != null && (old == null || !nodeOf(old).equals(nodeOf(now)))) {
                arrivals.add(Key.of(now));
            }
        });
        context.listen(Kinds.LEASES, (old, now) -> {
            // Renewals as such move nothing: what is planned looks at the lease when it is due.
            if (now != null && old == null && now.namespace().equals("kube-node-lease")) {
                soon();
            }
        });
    }

    private void soon() {
        loop.addAfter(ALL, beat.until(context.instant()));
    }

    private synchronized Next look(Key key) {
        if (key.equals(TAINTS)) {
            return taintDue();
        }
        Map<String, List<Boolean>> ready = new HashMap<>();
        Instant due = Instant.MAX;
        List<KubeObject> all = new ArrayList<>(nodes.all());
        seen.keySet().retainAll(all.stream().map(KubeObject::name).toList());
        known.keySet().retainAll(seen.keySet());
        boolean failed = false;
        for (KubeObject each : all) {
            Instant end = endOfPatience(each);
            boolean silent = !end.isAfter(context.instant());
            due = silent || end.isAfter(due) ? due : end;
            String before = readiness(each);
            KubeObject node = silent && !before.equals("Unknown") ? unknown(each) : each;
            if (node == null) {
                failed = true;
                continue;
            }
            String now = readiness(node);
            seen.put(node.name(), now);
            if (!node.labels().containsKey("node.kubernetes.io/exclude-disruption")) {
                ready.computeIfAbsent(EvictionZones.zoneOf(node), zone -> new ArrayList<>())
                        .add(now.equals("True"));
            }
            if (now.isEmpty()) {
                continue;
            }
            failed |= !taint(node, now);
            if (before.equals("True") && !now.equals("True")) {
                events.normal(reference(node), "NodeNotReady", "Node " + node.name() + " status is now: NodeNotReady");
                markPods(node);
            }
        }
        judge(ready, all);
        taintLater();
        if (failed) {
            return Next.after(beat.period());
        }
        return due.equals(Instant.MAX) ? Next.ON_CHANGE : Next.at(beat.after(due), context.instant());
    }

    /** Until when a node may be silent: since its lease, its heartbeat or its registration, or since it is known. */
    private Instant endOfPatience(KubeObject node) {
        boolean spoke = !readiness(node).isEmpty();
        Instant latest = PodState.created(node);
        if (spoke) {
            latest = later(latest, known.computeIfAbsent(node.name(), name -> context.instant()));
            latest = later(latest, PodState.time(Trees.text(Trees.condition(node, "Ready"), "lastHeartbeatTime")));
        }
        latest = later(
                latest,
                leases.find("kube-node-lease", node.name())
                        .map(lease -> PodState.time(lease.text("spec", "renewTime")))
                        .orElse(Instant.MIN));
        return context.due(latest, spoke ? GRACE : STARTUP_GRACE);
    }

    private static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }

    /** Null where it can't be written: the next look tries again. */
    private @Nullable KubeObject unknown(KubeObject node) {
        KubeObject now = node;
        for (int tries = 0; tries < 5; tries++) {
            try {
                return client.updateSubresource(Kinds.NODES, "status", silence.unknown(now));
            } catch (ApiException e) {
                KubeObject fresh = client.find(Kinds.NODES, "", node.name()).orElse(null);
                if (fresh == null) {
                    return null;
                }
                now = fresh;
            }
        }
        return null;
    }

    private boolean taint(KubeObject node, String ready) {
        try {
            swap(node, ready);
            return true;
        } catch (ApiException e) {
            return false;
        }
    }

    /** Of the two taints that drive pods away a node has at most one. Which is there already gives way at once. */
    private void swap(KubeObject node, String ready) {
        if (ready.equals("True")) {
            taints.swap(node, List.of(), List.of(UNREACHABLE, NOT_READY));
            zones.forget(node.name());
            return;
        }
        TaintSwap.Mark wanted = ready.equals("False") ? NOT_READY : UNREACHABLE;
        TaintSwap.Mark other = ready.equals("False") ? UNREACHABLE : NOT_READY;
        if (other.on(node)) {
            taints.swap(node, List.of(wanted), List.of(other));
        } else if (!wanted.on(node)) {
            zones.await(node, context.instant());
        }
    }

    private void judge(Map<String, List<Boolean>> ready, List<KubeObject> all) {
        switch (zones.look(ready, context.instant())) {
            case ALL_DOWN -> {
                for (KubeObject node : all) {
                    client.find(Kinds.NODES, "", node.name()).ifPresent(fresh -> taint(fresh, "True"));
                }
            }
            case SOME_BACK -> known.replaceAll((name, since) -> context.instant());
            case NONE -> {}
        }
    }

    private void taintLater() {
        Instant next = zones.next(context.instant());
        if (!next.equals(Instant.MAX)) {
            loop.addAfter(TAINTS, Duration.between(context.instant(), next));
        }
    }

    private Next taintDue() {
        for (String name : zones.due(context.instant())) {
            KubeObject node = client.find(Kinds.NODES, "", name).orElse(null);
            String ready = node == null ? "" : readiness(node);
            if (node != null && (ready.equals("False") || ready.equals("Unknown"))) {
                boolean said = ready.equals("False");
                taints.swap(node, List.of(said ? NOT_READY : UNREACHABLE), List.of(said ? UNREACHABLE : NOT_READY));
            }
        }
        taintLater();
        return Next.ON_CHANGE;
    }

    private static String readiness(KubeObject node) {
        return Trees.text(Trees.condition(node, "Ready"), "status");
    }

    /** As upstream refers to nodes: without a resource version. */
    static KubeObject reference(KubeObject node) {
        KubeObject reference = KubeObject.create("v1", "Node", "", node.name());
        reference.set(node.uid(), "metadata", "uid");
        return reference;
    }

    private static String nodeOf(KubeObject pod) {
        return pod.text("spec", "nodeName");
    }

    /** A pod came to a node: one that was not ready when last looked at has no ready pods. */
    private Next arrived(Key key) {
        pods.find(key.namespace(), key.name()).ifPresent(pod -> {
            String ready = seen.getOrDefault(nodeOf(pod), "");
            if (!ready.isEmpty() && !ready.equals("True")) {
                marks.mark(pod);
            }
        });
        return Next.ON_CHANGE;
    }

    private void markPods(KubeObject node) {
        for (KubeObject pod : pods.all()) {
            if (nodeOf(pod).equals(node.name())) {
                try {
                    marks.mark(pod);
                } catch (ApiException changed) {
                    client.find(Kinds.PODS, pod.namespace(), pod.name()).ifPresent(marks::mark);
                }
            }
        }
    }
}
