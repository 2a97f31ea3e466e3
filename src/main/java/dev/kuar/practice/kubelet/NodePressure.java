package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.PodResources;
import dev.kuar.practice.object.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Looks every ten seconds at how much memory and disk a node has left: says so in its conditions, takes no more pods, removes images
 * that nobody uses, and ends a pod at a time until there is enough again. Models the eviction manager of the kubelet of Kubernetes
 * 1.36, for its hard thresholds of {@code memory.available}, {@code nodefs.available} and {@code imagefs.available}; images,
 * containers and volumes share one disk.
 */
final class NodePressure {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /** How long a condition stays after it was last seen. */
    private static final Duration TRANSITION = Duration.ofMinutes(5);

    /** How often, and for how long, it is looked whether an evicted pod is gone. */
    private static final Duration CLEANUP_LOOK = Duration.ofSeconds(1);

    private static final int CLEANUP_LOOKS = 30;

    private final NodeAgent node;
    private final Map<String, String> thresholds;
    private final Map<String, Instant> seen = new TreeMap<>(Comparator.reverseOrder());
    private volatile Set<String> conditions = Set.of();

    /** @param thresholds amounts or percentages by signal */
    NodePressure(NodeAgent node, Map<String, String> thresholds) {
        this.node = node;
        this.thresholds = thresholds;
    }

    /** Of what the node has too little, {@code MemoryPressure} first. */
    Set<String> conditions() {
        return conditions;
    }

    void start() {
        later(PERIOD, this::look);
    }

    private void later(Duration delay, Runnable work) {
        node.clock()
                .after(
                        delay,
                        () -> node.execute(() -> {
                            if (!node.isStopped()) {
                                work.run();
                            }
                        }));
    }

    private void look() {
        List<PodWorker> evicted = synchronize();
        if (evicted.isEmpty()) {
            later(PERIOD, this::look);
        } else {
            later(CLEANUP_LOOK, () -> awaitCleanup(evicted, CLEANUP_LOOKS));
        }
    }

    private void awaitCleanup(List<PodWorker> evicted, int looks) {
        boolean gone =
                evicted.stream().allMatch(worker -> worker.records().stream().noneMatch(ContainerRecord::isRunning));
        if (gone || looks == 0) {
            look();
        } else {
            later(CLEANUP_LOOK, () -> awaitCleanup(evicted, looks - 1));
        }
    }

    /**
     * What is left of something.
     *
     * @param threshold below which it is too little
     */
    private record Shortage(String signal, String resource, long threshold, long available) {
        boolean isMet() {
            return available < threshold;
        }

        String condition() {
            return resource.equals("memory") ? "MemoryPressure" : "DiskPressure";
        }
    }

    private List<Shortage> observe() {
        List<Shortage> all = new ArrayList<>();
        NodeMachine machine = node.machine();
        long pods = active().stream().mapToLong(NodePressure::memory).sum();
        add(all, "memory.available", "memory.available", machine.memory(), machine.memory() - machine.memoryUsed());
        long whole = machine.memoryForPods() + threshold("memory.available", machine.memory());
        long forPods = Math.min(whole, machine.memory());
        add(all, "allocatableMemory.available", "memory.available", forPods, forPods - pods);
        long left = machine.disk() - machine.diskUsed();
        add(all, "imagefs.available", "imagefs.available", machine.disk(), left);
        add(all, "nodefs.available", "nodefs.available", machine.disk(), left);
        return all;
    }

    private void add(List<Shortage> all, String signal, String configured, long capacity, long available) {
        if (thresholds.containsKey(configured)) {
            String resource = configured.startsWith("memory") ? "memory" : "ephemeral-storage";
            all.add(new Shortage(signal, resource, threshold(configured, capacity), Math.max(0, available)));
        }
    }

    private long threshold(String signal, long capacity) {
        String value = thresholds.getOrDefault(signal, "0");
        return value.endsWith("%")
                ? (long) (capacity * Double.parseDouble(value.substring(0, value.length() - 1)) / 100)
                : Quantity.parse(value).units();
    }

    /** One look; the pods that it ends. */
    private synchronized List<PodWorker> synchronize() {
        Instant now = node.clock().now();
        List<Shortage> met = observe().stream().filter(Shortage::isMet).toList();
        met.forEach(shortage -> seen.put(shortage.condition(), now));
        seen.values().removeIf(at -> Duration.between(at, now).compareTo(TRANSITION) >= 0);
        conditions = new LinkedHashSet<>(seen.keySet());
        node.reportPressure();
        List<PodWorker> full = active().stream().filter(StorageEviction::look).toList();
        if (!full.isEmpty() || met.isEmpty()) {
            return full;
        }
        Shortage first = met.get(0);
        node.events().node("Warning", "EvictionThresholdMet", "Attempting to reclaim " + first.resource());
        if (first.resource().equals("ephemeral-storage")) {
            node.images().removeUnused(usedImages());
            if (observe().stream().noneMatch(Shortage::isMet)) {
                return List.of();
            }
        }
        return evictOne(first).map(List::of).orElse(List.of());
    }

    private Set<String> usedImages() {
        Set<String> used = new HashSet<>();
        for (PodWorker worker : node.workers()) {
            worker.records().forEach(record -> used.add(record.imageName));
        }
        return used;
    }

    private List<PodWorker> active() {
        return node.workers().stream().filter(PodWorker::isAdmitted).toList();
    }

    /** First who uses more than it asked for, then the lowest priority, then who uses most beyond what it asked for. */
    private Optional<PodWorker> evictOne(Shortage shortage) {
        ToLongFunction<PodWorker> beyond =
                worker -> (shortage.resource().equals("memory") ? memory(worker) : new StorageUse(worker).all())
                        - request(worker.pod(), shortage.resource());
        List<PodWorker> ranked = active().stream()
                .sorted(Comparator.comparing((PodWorker worker) -> beyond.applyAsLong(worker) <= 0)
                        .thenComparing(worker -> worker.pod().number(0, "spec", "priority"))
                        .thenComparing(Comparator.comparingLong(beyond).reversed()))
                .toList();
        for (PodWorker worker : ranked) {
            String message = message(shortage, worker);
            if (worker.condemn(new Verdict("Evicted", message, message), PodEnd.EVICTED_GRACE)) {
                return Optional.of(worker);
            }
        }
        return Optional.empty();
    }

    private static long memory(PodWorker worker) {
        return worker.records().stream()
                .flatMap(record -> java.util.stream.Stream.ofNullable(record.container))
                .filter(Container::isRunning)
                .mapToLong(Container::memoryUsage)
                .sum();
    }

    private static long request(KubeObject pod, String resource) {
        return PodResources.sum(pod, "requests")
                .getOrDefault(resource, Quantity.ZERO)
                .units();
    }

    private static String message(Shortage shortage, PodWorker worker) {
        String resource = shortage.resource();
        StringBuilder text = new StringBuilder("The node was low on resource: " + resource + ". Threshold quantity: "
                + bytes(shortage.threshold()) + ", available: " + bytes(shortage.available()) + ". ");
        KubeObject pod = worker.pod();
        Object whole = pod.at("spec", "resources", "requests", resource);
        if (resource.equals("memory") && whole != null) {
            text.append(used("Pod " + pod.name(), memory(worker), whole, resource));
        }
        StorageUse storage = new StorageUse(worker);
        for (ContainerRecord record : worker.records()) {
            Container container = record.container;
            if (record.kind() == ContainerRecord.Kind.EPHEMERAL || container == null || !record.isRunning()) {
                continue;
            }
            long usage =
                    resource.equals("memory") ? container.memoryUsage() : storage.files(record) + storage.log(record);
            Object request = record.spec().at("resources", "requests", resource);
            if (usage > Quantity.of(request).units()) {
                text.append(used("Container " + record.name(), usage, request == null ? "0" : request, resource));
            }
        }
        return text.toString();
    }

    private static String used(String who, long usage, Object request, String resource) {
        return who + " was using " + bytes(usage) + ", request is " + Quantity.of(request)
                + ", has larger consumption of " + resource + ". ";
    }

    private static String bytes(long amount) {
        return new Quantity(BigDecimal.valueOf(amount), true).toString();
    }
}
