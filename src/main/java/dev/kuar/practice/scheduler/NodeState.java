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
    private final Map<String, Long> used = new HashMap<>();
    private final Map<String, Long> scored = new HashMap<>();
    private Map<String, Long> allocatable = Map.of();
    private Map<String, Long> images = Map.of();

    NodeState(KubeObject node) {
        this.node = node;
        set(node);
    }

    private NodeState(NodeState other) {
        node = other.node;
        pods.putAll(other.pods);
        requests.putAll(other.requests);
        withAffinity.putAll(other.withAffinity);
        used.putAll(other.used);
        scored.putAll(other.scored);
        allocatable = other.allocatable;
        images = other.images;
    }

    /** One's own, to try things out on. */
    NodeState copy() {
        return new NodeState(this);
    }

    void set(KubeObject changed) {
        node = changed;
        allocatable = amounts(changed);
        Map<String, Long> sizes = new HashMap<>();
        for (Map<String, Object> image : changed.maps("status", "images")) {
            KubeObject tree = KubeObject.of(image);
            tree.texts("names").forEach(name -> sizes.put(name, tree.number(0, "sizeBytes")));
        }
        images = sizes;
    }

    static Map<String, Long> amounts(KubeObject node) {
        Map<String, Long> amounts = new HashMap<>();
        node.map("status", "allocatable").forEach((name, amount) -> amounts.put(name, PodRequest.amount(name, amount)));
        return amounts;
    }

    void add(KubeObject pod) {
        remove(pod);
        PodRequest request = PodRequest.ofPlaced(pod);
        pods.put(pod.uid(), pod);
        requests.put(pod.uid(), request);
        request.amounts().forEach((name, amount) -> used.merge(name, amount, Long::sum));
        request.scored().forEach((name, amount) -> scored.merge(name, amount, Long::sum));
        if (!pod.map("spec", "affinity", "podAffinity").isEmpty()
                || !pod.map("spec", "affinity", "podAntiAffinity").isEmpty()) {
            withAffinity.put(pod.uid(), pod);
        }
    }

    void remove(KubeObject pod) {
        pods.remove(pod.uid());
        withAffinity.remove(pod.uid());
        PodRequest request = requests.remove(pod.uid());
        if (request != null) {
            request.amounts().forEach((name, amount) -> used.merge(name, -amount, Long::sum));
            request.scored().forEach((name, amount) -> scored.merge(name, -amount, Long::sum));
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

    long used(String resource) {
        return resource.equals("pods") ? pods.size() : used.getOrDefault(resource, 0L);
    }

    /** As {@link #used}, where a container that asks for no cpu or memory counts as asking for a little. */
    long usedAsScored(String resource) {
        return scored.getOrDefault(resource, 0L);
    }

    long allocatable(String resource) {
        return allocatable.getOrDefault(resource, 0L);
    }

    /** Whether the node has ever had any of it. */
    boolean offers(String resource) {
        return allocatable.containsKey(resource);
    }

    /** Bytes of an image that is here; 0 where it is not. */
    long imageSize(String name) {
        return images.getOrDefault(name, 0L);
    }

    boolean hasImage(String name) {
        return images.containsKey(name);
    }

    /** Whether a host port is taken; an address of all zeros collides with every other. */
    boolean hasPort(String wanted) {
        return requests.values().stream()
                .flatMap(request -> request.hostPorts().stream())
                .anyMatch(taken -> collide(wanted, taken));
    }

    static boolean collide(String wanted, String taken) {
        String address = wanted.substring(0, wanted.indexOf('|'));
        String other = taken.substring(0, taken.indexOf('|'));
        return taken.endsWith(wanted.substring(wanted.indexOf('|')))
                && (other.equals(address) || other.equals("0.0.0.0") || address.equals("0.0.0.0"));
    }
}
