package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A node and the pods that are on it, or are about to be. Not thread-safe: guarded by {@link Cluster}. */
final class NodeState {
    private KubeObject node;
    private final Map<String, KubeObject> pods = new LinkedHashMap<>();
    private final Map<String, PodRequest> requests = new HashMap<>();
    private final Map<String, KubeObject> withAffinity = new LinkedHashMap<>();
    private final Map<String, Integer> siblings = new HashMap<>();
    private final Map<String, Long> used = new HashMap<>();
    private Map<String, Long> allocatable = Map.of();

    NodeState(KubeObject node) {
        this.node = node;
        set(node);
    }

    private NodeState(NodeState other) {
        this(other.node);
        other.pods.values().forEach(this::add);
    }

    /** One's own, to try things out on. */
    NodeState copy() {
        return new NodeState(this);
    }

    void set(KubeObject changed) {
        node = changed;
        Map<String, Long> amounts = new HashMap<>();
        changed.map("status", "allocatable")
                .forEach((name, amount) -> amounts.put(name, PodRequest.amount(name, amount)));
        allocatable = amounts;
    }

    void add(KubeObject pod) {
        remove(pod);
        PodRequest request = PodRequest.of(pod);
        pods.put(pod.uid(), pod);
        requests.put(pod.uid(), request);
        request.amounts().forEach((name, amount) -> used.merge(name, amount, Long::sum));
        if (!pod.map("spec", "affinity", "podAffinity").isEmpty()
                || !pod.map("spec", "affinity", "podAntiAffinity").isEmpty()) {
            withAffinity.put(pod.uid(), pod);
        }
        siblings.merge(owner(pod), 1, Integer::sum);
    }

    void remove(KubeObject pod) {
        KubeObject before = pods.remove(pod.uid());
        withAffinity.remove(pod.uid());
        if (before != null) {
            siblings.computeIfPresent(owner(before), (uid, count) -> count == 1 ? null : count - 1);
        }
        PodRequest request = requests.remove(pod.uid());
        if (request != null) {
            request.amounts().forEach((name, amount) -> used.merge(name, -amount, Long::sum));
        }
    }

    KubeObject node() {
        return node;
    }

    String name() {
        return node.name();
    }

    Collection<KubeObject> pods() {
        return pods.values();
    }

    /** The pods that say next to which others they want to be, or not to be. */
    Collection<KubeObject> podsWithAffinity() {
        return withAffinity.values();
    }

    /** How many pods here have the same controller as the pod; 0 for a pod without one. */
    int siblings(KubeObject pod) {
        String owner = owner(pod);
        return owner.isEmpty() ? 0 : siblings.getOrDefault(owner, 0);
    }

    private static String owner(KubeObject pod) {
        for (Map<String, Object> reference : pod.ownerReferences()) {
            if (Boolean.TRUE.equals(reference.get("controller"))) {
                return String.valueOf(reference.get("uid"));
            }
        }
        return "";
    }

    long used(String resource) {
        return resource.equals("pods") ? pods.size() : used.getOrDefault(resource, 0L);
    }

    long allocatable(String resource) {
        return allocatable.getOrDefault(resource, 0L);
    }

    /** Whether a host port is taken; an address of all zeros collides with every other. */
    boolean hasPort(String wanted) {
        String address = wanted.substring(0, wanted.indexOf(':'));
        String rest = wanted.substring(wanted.indexOf(':'));
        return requests.values().stream()
                .flatMap(request -> request.hostPorts().stream())
                .anyMatch(taken -> {
                    String other = taken.substring(0, taken.indexOf(':'));
                    return taken.endsWith(rest)
                            && (other.equals(address) || other.equals("0.0.0.0") || address.equals("0.0.0.0"));
                });
    }
}
