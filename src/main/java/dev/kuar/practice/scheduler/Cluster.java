package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        if (gone) {
            forget(pod);
        } else if (!pod.text("spec", "nodeName").isEmpty()) {
            put(pod, pod.text("spec", "nodeName"));
        }
    }

    /** Counts a pod on a node before the API server has said so. */
    synchronized void assume(KubeObject pod, String node) {
        KubeObject bound = pod.copy();
        bound.set(node, "spec", "nodeName");
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
