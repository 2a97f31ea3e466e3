package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.container.KernelSettings;
import dev.kuar.practice.container.PidNamespace;
import dev.kuar.practice.container.VolumeContent;
import dev.kuar.practice.network.NetworkNamespace;
import dev.kuar.practice.network.NetworkNamespace.Forward;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.PodResources;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the containers of one pod share: its volumes, its network, its part of the kernel. Called under its worker's lock. */
final class PodSandbox {
    private static final Duration NO_ADDRESS = Duration.ofMillis(50);

    private final NodeAgent node;
    private final PodWorker worker;
    private volatile @Nullable NetworkNamespace network;
    private @Nullable PodVolumes volumes;
    private @Nullable KernelSettings kernel;
    private @Nullable PidNamespace processes;

    PodSandbox(NodeAgent node, PodWorker worker) {
        this.node = node;
        this.worker = worker;
    }

    /** Null until it is there. */
    @Nullable
    NetworkNamespace network() {
        return network;
    }

    /** Null until it was first tried to mount them. */
    @Nullable
    PodVolumes volumes() {
        return volumes;
    }

    /** The parameters of the kernel, with those that the pod asks for. */
    KernelSettings kernel() {
        KernelSettings made = kernel;
        if (made == null) {
            KubeObject pod = worker.pod();
            Map<String, String> values = new LinkedHashMap<>();
            for (Map<String, Object> each : pod.maps("spec", "securityContext", "sysctls")) {
                values.put(String.valueOf(each.get("name")), String.valueOf(each.get("value")));
            }
            made = node.kernel().ofPod(values, pod.flag("spec", "hostNetwork"));
            kernel = made;
        }
        return made;
    }

    /** Where the processes of a container live: with the pod's, with those of the container it is aimed at, or apart. */
    PidNamespace processes(KubeObject container) {
        if (worker.pod().flag("spec", "shareProcessNamespace")) {
            PidNamespace all = processes;
            if (all == null) {
                all = PidNamespace.ofPod();
                processes = all;
            }
            return all;
        }
        return worker.record(container.text("targetContainerName"))
                .map(target -> target.container)
                .map(Container::pids)
                .orElseGet(PidNamespace::own);
    }

    /** What is mounted of a volume. */
    Optional<VolumeContent> volume(String name) {
        return volumes == null ? Optional.empty() : volumes.find(name);
    }

    /** Volumes, then the network; whether containers can be started. */
    boolean prepare(Instant now) {
        PodVolumes all = volumes;
        if (all == null) {
            all = new PodVolumes(node, worker::pod, worker::fields);
            volumes = all;
        }
        for (PodProblem problem : all.mount(now)) {
            node.events().pod(worker.pod(), "", "Warning", problem.reason(), problem.message());
        }
        Duration wait = all.untilNext(now);
        if (!wait.isNegative()) {
            worker.wakeIn(wait);
            return false;
        }
        if (network == null) {
            Optional<NetworkNamespace> made = node.sandbox(worker.pod());
            if (made.isEmpty()) {
                worker.wakeIn(NO_ADDRESS);
                return false;
            }
            network = made.get();
            mapPorts(made.get());
        }
        return true;
    }

    /** Lets the node's ports lead to the pod that the pod's containers ask for. */
    private void mapPorts(NetworkNamespace mine) {
        KubeObject pod = worker.pod();
        if (pod.flag("spec", "hostNetwork")) {
            return;
        }
        for (Map<String, Object> container : PodResources.containers(pod)) {
            for (Map<String, Object> entry : KubeObject.of(container).maps("ports")) {
                KubeObject port = KubeObject.of(entry);
                if (port.number(0, "hostPort") > 0) {
                    String protocol = port.text("protocol");
                    node.host()
                            .forward(new Forward(
                                    protocol.isEmpty() ? "TCP" : protocol,
                                    port.text("hostIP"),
                                    (int) port.number(0, "hostPort"),
                                    mine,
                                    (int) port.number(0, "containerPort")));
                }
            }
        }
    }

    void close() {
        NetworkNamespace stack = network;
        if (stack != null && !worker.pod().flag("spec", "hostNetwork")) {
            node.host().forget(stack);
            node.release(stack);
        }
        network = null;
    }
}
