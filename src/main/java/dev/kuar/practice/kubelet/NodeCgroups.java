package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.CgroupFiles;
import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.Share;
import dev.kuar.practice.container.VolumeContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A node's tree of cgroups, version 2, as the systemd driver lays it out: the kubelet's slices for pods by their quality of service,
 * a slice a pod, a scope a container.
 */
final class NodeCgroups {
    static final String ROOT = "/sys/fs/cgroup";

    private final NodeAgent node;

    private NodeCgroups(NodeAgent node) {
        this.node = node;
    }

    static VolumeContent of(NodeAgent node) {
        NodeCgroups cgroups = new NodeCgroups(node);
        return VolumeContent.generated(cgroups::version, cgroups::files, "cgroup2");
    }

    private static Stream<Container> containers(PodWorker worker) {
        return worker.records().stream()
                .flatMap(record -> Stream.ofNullable(record.container))
                .filter(Container::isRunning);
    }

    private String version() {
        StringBuilder version = new StringBuilder();
        for (PodWorker worker : node.workers()) {
            version.append(worker.pod().uid()).append('/');
            containers(worker).forEach(each -> version.append(each.spec().id(), 0, 12));
        }
        return version.toString();
    }

    private Map<String, Supplier<String>> files() {
        Map<String, Supplier<String>> files = new LinkedHashMap<>();
        int cores = node.machine().cores();
        add(files, "", CgroupFiles.of(() -> Share.ANY, node.machine()::memoryUsed, () -> 0, () -> 0, cores));
        for (PodWorker worker : node.workers()) {
            if (!worker.isAdmitted() || worker.network() == null) {
                continue;
            }
            String pod = slice(worker) + "/";
            add(
                    files,
                    pod,
                    CgroupFiles.of(
                            worker::share,
                            () -> containers(worker)
                                    .mapToLong(Container::memoryUsage)
                                    .sum(),
                            () -> containers(worker)
                                    .mapToDouble(Container::burntSeconds)
                                    .sum(),
                            () -> 0,
                            cores));
            for (Container container : containers(worker).toList()) {
                String scope = "cri-containerd-" + container.spec().id() + ".scope/";
                add(files, pod + scope, CgroupFiles.of(container));
            }
        }
        return files;
    }

    private static void add(
            Map<String, Supplier<String>> files, String directory, Map<String, Supplier<String>> cgroup) {
        cgroup.forEach((name, text) -> files.put(directory + name, text));
    }

    /** {@code kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podUID.slice}; a guaranteed pod has no class of its own. */
    private static String slice(PodWorker worker) {
        String quality = Qos.of(worker.pod()).toLowerCase(Locale.ROOT);
        String own = "pod" + NodeAgent.key(worker.pod()).replace('-', '_');
        List<String> parts = quality.equals("guaranteed") ? List.of(own) : List.of(quality, own);
        StringBuilder path = new StringBuilder("kubepods.slice");
        String name = "kubepods";
        for (String part : parts) {
            name += "-" + part;
            path.append('/').append(name).append(".slice");
        }
        return path.toString();
    }
}
