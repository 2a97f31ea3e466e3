package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.Machine;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A node's machine: as large as its Node says, and as busy as what runs on it. */
final class NodeMachine implements Machine {
    /** What the kubelet, the runtime and the system hold and use without any pod. */
    private static final long OWN_BYTES = 300L << 20;

    private static final double OWN_CORES = 0.05;

    private final NodeAgent node;
    private final Instant since;

    NodeMachine(NodeAgent node) {
        this.node = node;
        this.since = node.clock().now();
    }

    private Quantity capacity(String resource) {
        return Quantity.of(node.current().at("status", "capacity", resource));
    }

    private Stream<Container> containers() {
        return node.workers().stream()
                .flatMap(worker -> worker.records().stream())
                .flatMap(record -> Stream.ofNullable(record.container))
                .filter(Container::isRunning);
    }

    @Override
    public int cores() {
        return (int) Math.max(1, capacity("cpu").units());
    }

    @Override
    public long memory() {
        return capacity("memory").units();
    }

    @Override
    public long memoryUsed() {
        return OWN_BYTES + containers().mapToLong(Container::memoryUsage).sum();
    }

    /** What is there for pods, in bytes. */
    long memoryForPods() {
        return Quantity.of(node.current().at("status", "allocatable", "memory")).units();
    }

    /** As the kernel does: whoever holds most, weighed by what the kubelet has said, ends, until there is memory again. */
    @Override
    public synchronized void runOut() {
        while (memory() > 0 && memoryUsed() > memory()) {
            Optional<Container> victim = containers().max(Comparator.comparingLong(this::badness));
            if (victim.isEmpty()) {
                return;
            }
            Container ended = victim.get();
            List<String> argv = ended.spec().argv();
            String process = argv.isEmpty() ? "" : argv.get(0).replaceFirst(".*/", "");
            node.events()
                    .node(
                            "Warning",
                            "SystemOOM",
                            "System OOM encountered, victim process: " + process + ", pid: "
                                    + (1000 + Math.floorMod(ended.spec().id().hashCode(), 100_000)));
            ended.runOutOfMemory();
        }
    }

    private long badness(Container container) {
        return container.memoryUsage() * 1000 / memory() + container.share().oomScore();
    }

    @Override
    public long disk() {
        return capacity("ephemeral-storage").units();
    }

    @Override
    public long diskUsed() {
        return node.images().disk()
                + node.workers().stream()
                        .mapToLong(worker -> new StorageUse(worker).all())
                        .sum();
    }

    @Override
    public double load() {
        return OWN_CORES
                + containers()
                                .mapToLong(container -> container.spec().image().millicores())
                                .sum()
                        / 1000.0;
    }

    @Override
    public Instant booted() {
        KubeObject current = node.current();
        String made = current.text("metadata", "creationTimestamp");
        return made.isEmpty() ? since : Instant.parse(made);
    }

    @Override
    public String kernel() {
        return node.current().text("status", "nodeInfo", "kernelVersion");
    }
}
