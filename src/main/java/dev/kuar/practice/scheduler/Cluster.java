package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's picture of nodes and bound pods, kept by events, with pods that it has just given a node counted in.
 *
 * <p>Thread-safe; {@link #nodes} gives the live states, to be read by the scheduling thread under this object's lock.
 */
final class Cluster {
    private final Map<String, NodeState> nodes = new HashMap<>();
    private final Map<String, String> nodeOfPod = new HashMap<>();
    private final Map<String, KubeObject> homeless = new HashMap<>();

    /** Pods that room is being made for, with their node in {@code status.nominatedNodeName}. */
    private final Map<String, KubeObject> nominated = new LinkedHashMap<>();

    synchronized void nodeChanged(@Nullable KubeObject old, @Nullable KubeObject now) {
        if (now == null) {
            if (old != null) {
                nodes.remove(old.name());
            }
            return;
        }
        NodeState state = nodes.get(now.name());
        if (state != null) {
            state.set(now);
            return;
        }
        NodeState fresh = new NodeState(now);
        nodes.put(now.name(), fresh);
        List<KubeObject> here = new ArrayList<>(homeless.values());
        for (KubeObject pod : here) {
            if (pod.text("spec", "nodeName").equals(now.name())) {
                homeless.remove(pod.uid());
                fresh.add(pod);
            }
        }
    }

    synchronized void podChanged(@Nullable KubeObject old, @Nullable KubeObject now) {
        KubeObject pod = now != null ? now : old;
        if (pod == null) {
            return;
        }
        String phase = pod.text("status", "phase");
        boolean gone = now == null || phase.equals("Succeeded") || phase.equals("Failed");
        heed(old, now, gone);
        if (gone) {
            forget(pod);
        } else if (!pod.text("spec", "nodeName").isEmpty()) {
            put(pod, pod.text("spec", "nodeName"));
        }
    }

    private void heed(@Nullable KubeObject old, @Nullable KubeObject now, boolean gone) {
        if (now != null && !gone && now.text("spec", "nodeName").isEmpty()) {
            String node = now.text("status", "nominatedNodeName");
            if (!node.isEmpty()) {
                nominated.put(now.uid(), now);
            } else if (old != null && !old.text("status", "nominatedNodeName").isEmpty()) {
                nominated.remove(now.uid());
            }
        } else if (now != null || old != null) {
            nominated.remove((now != null ? now : Objects.requireNonNull(old)).uid());
        }
    }

    /** Keeps the room that is being made on a node for a pod; an empty node gives it up. */
    synchronized void nominate(KubeObject pod, String node) {
        if (node.isEmpty()) {
            nominated.remove(pod.uid());
        } else {
            KubeObject named = pod.copy();
            named.set(node, "status", "nominatedNodeName");
            nominated.put(pod.uid(), named);
        }
    }

    /** The pods that room is being made for on a node. */
    synchronized List<KubeObject> nominated(String node) {
        if (nominated.isEmpty()) {
            return List.of();
        }
        return nominated.values().stream()
                .filter(pod -> pod.text("status", "nominatedNodeName").equals(node))
                .toList();
    }

    /** Counts a pod on a node before the API server has said so. */
    synchronized void assume(KubeObject pod, String node) {
        KubeObject bound = pod.copy();
        bound.set(node, "spec", "nodeName");
        nominated.remove(pod.uid());
        put(bound, node);
    }

    synchronized void forget(KubeObject pod) {
        homeless.remove(pod.uid());
        String node = nodeOfPod.remove(pod.uid());
        NodeState state = node == null ? null : nodes.get(node);
        if (state != null) {
            state.remove(pod);
        }
    }

    private void put(KubeObject pod, String node) {
        String before = nodeOfPod.put(pod.uid(), node);
        if (before != null && !before.equals(node)) {
            NodeState state = nodes.get(before);
            if (state != null) {
                state.remove(pod);
            }
        }
        NodeState state = nodes.get(node);
        if (state == null) {
            homeless.put(pod.uid(), pod);
        } else {
            state.add(pod);
        }
    }

    /** By name. */
    synchronized List<NodeState> nodes() {
        List<NodeState> list = new ArrayList<>(nodes.values());
        list.sort(Comparator.comparing(NodeState::name));
        return list;
    }
}
