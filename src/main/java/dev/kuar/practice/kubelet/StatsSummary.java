package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a kubelet tells at {@code /stats/summary} about its node, the system's processes and its pods.
 *
 * <p>CPU and memory are the images' figures; the file system's size is the node's capacity, what is used of it are its images and
 * what containers have written; the network carries nothing that
 * is counted.
 */
final class StatsSummary {
    private static final long OWN_NANO_CORES = 50_000_000;
    private static final long OWN_BYTES = 300L << 20;
    private static final long MOST_PROCESSES = 4_194_304;
    private static final long INODES = 6_553_600;

    private final NodeAgent agent;
    private final Instant now;
    private final String time;

    private StatsSummary(NodeAgent agent) {
        this.agent = agent;
        this.now = agent.clock().now();
        this.time = Times.seconds(now);
    }

    static Map<String, Object> of(NodeAgent agent) {
        return new StatsSummary(agent).tree();
    }

    private Map<String, Object> tree() {
        List<Object> pods = new ArrayList<>();
        long cores = OWN_NANO_CORES;
        long bytes = OWN_BYTES;
        long processes = 90;
        long files = agent.images().disk();
        for (PodWorker worker : agent.workers()) {
            List<Object> containers = new ArrayList<>();
            long podCores = 0;
            long podBytes = 0;
            for (ContainerRecord record : worker.records()) {
                Container container = record.container;
                if (container != null && record.isRunning()) {
                    long own = container.spec().image().millicores() * 1_000_000;
                    podCores += own;
                    podBytes += container.memoryUsage();
                    containers.add(container(record, own, container.memoryUsage(), new StorageUse(worker)));
                }
            }
            StorageUse use = new StorageUse(worker);
            files += use.all();
            pods.add(pod(worker.pod(), containers, podCores, podBytes, use));
            cores += podCores;
            bytes += podBytes;
            processes += 2L * containers.size();
        }
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("nodeName", agent.name());
        node.put("systemContainers", systemContainers(cores, bytes));
        node.put("startTime", started());
        usage(node, cores, bytes);
        node.put("network", network("eth0"));
        node.put("fs", disk(files));
        node.put("runtime", Map.of("imageFs", disk(files), "containerFs", disk(files)));
        node.put("rlimit", map("time", time, "maxpid", MOST_PROCESSES, "curproc", processes));
        node.put("swap", map("time", time, "swapAvailableBytes", 0L, "swapUsageBytes", 0L));
        return map("node", node, "pods", pods);
    }

    private String started() {
        String created = agent.current().text("metadata", "creationTimestamp");
        return created.isEmpty() ? time : created;
    }

    private List<Object> systemContainers(long cores, long bytes) {
        List<Object> all = new ArrayList<>();
        all.add(system("kubelet", OWN_NANO_CORES / 2, OWN_BYTES / 3));
        all.add(system("runtime", OWN_NANO_CORES / 4, OWN_BYTES / 3));
        all.add(system("pods", cores - OWN_NANO_CORES, bytes - OWN_BYTES));
        return all;
    }

    private Map<String, Object> system(String name, long nanoCores, long bytes) {
        Map<String, Object> tree = map("name", name, "startTime", started());
        usage(tree, nanoCores, bytes);
        return tree;
    }

    private Map<String, Object> container(ContainerRecord record, long nanoCores, long bytes, StorageUse use) {
        Instant since = record.startedAt;
        Map<String, Object> tree = map("name", record.name(), "startTime", Times.seconds(since == null ? now : since));
        usage(tree, nanoCores, bytes);
        tree.put("rootfs", disk(use.files(record)));
        tree.put("logs", disk(use.log(record)));
        tree.put("swap", map("time", time, "swapUsageBytes", 0L));
        return tree;
    }

    private Map<String, Object> pod(
            KubeObject pod, List<Object> containers, long nanoCores, long bytes, StorageUse use) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("podRef", map("name", pod.name(), "namespace", pod.namespace(), "uid", pod.uid()));
        tree.put("startTime", pod.text("status", "startTime"));
        tree.put("containers", containers);
        usage(tree, nanoCores, bytes);
        if (!pod.flag("spec", "hostNetwork")) {
            tree.put("network", network("eth0"));
        }
        List<Object> volumes = new ArrayList<>();
        for (Map<String, Object> volume : pod.maps("spec", "volumes")) {
            if (!volume.containsKey("hostPath")) {
                Map<String, Object> one = disk(use.volume(String.valueOf(volume.get("name"))));
                one.put("name", volume.get("name"));
                volumes.add(one);
            }
        }
        if (!volumes.isEmpty()) {
            tree.put("volume", volumes);
        }
        tree.put("ephemeral-storage", disk(use.all()));
        tree.put("process_stats", Map.of("process_count", (long) containers.size()));
        tree.put("swap", map("time", time, "swapUsageBytes", 0L));
        return tree;
    }

    private void usage(Map<String, Object> tree, long nanoCores, long bytes) {
        long seconds =
                Math.max(1, Duration.between(Instant.parse(started()), now).toSeconds());
        tree.put(
                "cpu",
                map(
                        "time",
                        time,
                        "usageNanoCores",
                        nanoCores,
                        "usageCoreNanoSeconds",
                        nanoCores * seconds,
                        "psi",
                        pressure()));
        tree.put(
                "memory",
                map(
                        "time", time,
                        "usageBytes", bytes,
                        "workingSetBytes", bytes,
                        "rssBytes", bytes,
                        "pageFaults", 0L,
                        "majorPageFaults", 0L,
                        "psi", pressure()));
        tree.put("io", map("time", time, "psi", pressure()));
    }

    private static Map<String, Object> pressure() {
        Map<String, Object> none = map("total", 0L, "avg10", 0L, "avg60", 0L, "avg300", 0L);
        return map("full", none, "some", none);
    }

    private Map<String, Object> network(String device) {
        Map<String, Object> counts = map("name", device, "rxBytes", 0L, "rxErrors", 0L, "txBytes", 0L, "txErrors", 0L);
        Map<String, Object> tree = map("time", time);
        tree.putAll(counts);
        tree.put("interfaces", List.of(counts));
        return tree;
    }

    private Map<String, Object> disk(long used) {
        String capacity = agent.current().text("status", "capacity", "ephemeral-storage");
        long size = capacity.isEmpty()
                ? 100L << 30
                : Quantity.parse(capacity).value().longValue();
        return map(
                "time", time,
                "availableBytes", size - used,
                "capacityBytes", size,
                "usedBytes", used,
                "inodesFree", INODES - 20,
                "inodes", INODES,
                "inodesUsed", 20L);
    }

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            tree.put((String) pairs[i], pairs[i + 1]);
        }
        return tree;
    }
}
