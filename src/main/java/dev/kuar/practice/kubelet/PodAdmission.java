package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import dev.kuar.practice.object.PodResources;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.object.Tolerations;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a kubelet takes a pod that was given to its node, by the scheduler or by hand: {@code lifecycle/predicate.go} of 1.36.2,
 * and what the eviction manager and the list of safe parameters of the kernel have to say.
 */
final class PodAdmission {
    private final KubeObject node;
    private static final long CRITICAL = 2_000_000_000;

    private final List<KubeObject> others;
    private final Set<String> pressure;

    /**
     * For a node as it is now.
     *
     * @param others the pods that the node has taken and that have not ended
     * @param pressure of what the node has too little
     */
    PodAdmission(KubeObject node, List<KubeObject> others, Set<String> pressure) {
        this.node = node;
        this.others = others;
        this.pressure = pressure;
    }

    /** @param reason {@code OutOfcpu}, {@code NodePorts} and their like */
    record Rejection(String reason, String message) {
        /** What the pod's status says then. */
        Map<String, Object> status(KubeObject pod, Instant now) {
            Map<String, Object> status = new LinkedHashMap<>(pod.map("status"));
            status.put("phase", "Failed");
            status.put("reason", reason);
            status.put("message", "Pod was rejected: " + message);
            status.put("startTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
            status.put("observedGeneration", pod.generation());
            return status;
        }
    }

    /** Empty for a pod that may run. */
    Optional<Rejection> of(KubeObject pod) {
        return handlers(pod).or(() -> lack(pod)).or(() -> placement(pod));
    }

    /** Why a pod that others make room for is not taken all the same; empty where it is. */
    Optional<Rejection> ofCritical(KubeObject pod) {
        return handlers(pod).or(() -> placement(pod));
    }

    private Optional<Rejection> handlers(KubeObject pod) {
        Optional<Rejection> pressed = pressed(pod);
        if (pressed.isPresent()) {
            return pressed;
        }
        Optional<Rejection> forbidden =
                SafeSysctls.refusal(pod).map(why -> new Rejection("SysctlForbidden", "forbidden sysctl: " + why));
        if (forbidden.isPresent()) {
            return forbidden;
        }
        String system = pod.text("spec", "os", "name");
        return system.isEmpty() || system.equals("linux")
                ? Optional.empty()
                : Optional.of(new Rejection(
                        "PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS"));
    }

    /** Where a node has too little, it takes critical pods, and where that is memory, those that asked for some. */
    private Optional<Rejection> pressed(KubeObject pod) {
        boolean critical = pod.number(0, "spec", "priority") >= CRITICAL;
        if (pressure.isEmpty() || critical) {
            return Optional.empty();
        }
        if (pressure.equals(Set.of("MemoryPressure"))) {
            Map<String, Object> taint = Map.of("key", "node.kubernetes.io/memory-pressure", "effect", "NoSchedule");
            boolean tolerates =
                    pod.maps("spec", "tolerations").stream().anyMatch(each -> Tolerations.tolerates(each, taint));
            if (tolerates || !Qos.of(pod).equals("BestEffort")) {
                return Optional.empty();
            }
        }
        return Optional.of(new Rejection("Evicted", "The node had condition: [" + String.join(" ", pressure) + "]. "));
    }

    private Optional<Rejection> placement(KubeObject pod) {
        if (!NodeSelection.matches(pod, node)) {
            return failed("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
        }
        if (others.stream().anyMatch(other -> share(ports(pod), ports(other)))) {
            return failed("NodePorts", "node(s) didn't have free ports for the requested pod ports");
        }
        List<Map<String, Object>> tolerations = pod.maps("spec", "tolerations");
        boolean repelled = node.maps("spec", "taints").stream()
                .filter(taint -> "NoExecute".equals(taint.get("effect")))
                .anyMatch(taint -> tolerations.stream().noneMatch(each -> Tolerations.tolerates(each, taint)));
        return repelled
                ? failed("TaintToleration", "node(s) had taints that the pod didn't tolerate")
                : Optional.empty();
    }

    private static Optional<Rejection> failed(String predicate, String why) {
        return Optional.of(new Rejection(predicate, "Predicate " + predicate + " failed: " + why));
    }

    /** What the node has too little of for it; empty where it has enough. */
    Optional<Rejection> lack(KubeObject pod) {
        return needs(pod).stream()
                .filter(need -> need.lacking() > 0)
                .findFirst()
                .map(need -> new Rejection(
                        "OutOf" + need.resource(),
                        "Node didn't have enough resource: " + need.resource() + ", requested: " + need.requested()
                                + ", used: " + need.used() + ", capacity: " + need.capacity()));
    }

    /** How much of what is missing, by resource; cpu in thousandths of a core. */
    Map<String, Long> lacking(KubeObject pod) {
        Map<String, Long> lacking = new LinkedHashMap<>();
        needs(pod).stream()
                .filter(need -> need.lacking() > 0)
                .forEach(need -> lacking.put(need.resource(), need.lacking()));
        return lacking;
    }

    private record Need(String resource, long requested, long used, long capacity) {
        long lacking() {
            return requested == 0 ? 0 : requested - (capacity - used);
        }
    }

    private List<Need> needs(KubeObject pod) {
        Map<String, Quantity> wanted = PodResources.sum(pod, "requests");
        Set<String> names = new LinkedHashSet<>(List.of("pods", "cpu", "memory", "ephemeral-storage"));
        names.addAll(wanted.keySet());
        List<Need> needs = new ArrayList<>();
        for (String name : names) {
            Object there = node.at("status", "allocatable", name);
            if (there == null) {
                // What the node knows nothing of is no reason: it may be a device that comes later.
                continue;
            }
            boolean pods = name.equals("pods");
            long used = others.stream()
                    .mapToLong(other -> pods
                            ? 1
                            : amount(name, PodResources.held(other, "requests").get(name)))
                    .sum();
            needs.add(
                    new Need(name, pods ? 1 : amount(name, wanted.get(name)), used, amount(name, Quantity.of(there))));
        }
        return needs;
    }

    private static long amount(String name, @Nullable Quantity quantity) {
        return quantity == null ? 0 : name.equals("cpu") ? quantity.millis() : quantity.units();
    }

    /** A port of the node that a container takes. */
    private record HostPort(String ip, String protocol, long port) {
        boolean meets(HostPort other) {
            boolean everywhere = ip.equals("0.0.0.0") || other.ip.equals("0.0.0.0");
            return port == other.port && protocol.equals(other.protocol) && (everywhere || ip.equals(other.ip));
        }
    }

    private static List<HostPort> ports(KubeObject pod) {
        List<HostPort> ports = new ArrayList<>();
        for (Map<String, Object> container : PodResources.containers(pod)) {
            for (Map<String, Object> entry : KubeObject.of(container).maps("ports")) {
                KubeObject port = KubeObject.of(entry);
                if (port.number(0, "hostPort") > 0) {
                    String ip = port.text("hostIP");
                    String protocol = port.text("protocol");
                    ports.add(new HostPort(
                            ip.isEmpty() ? "0.0.0.0" : ip,
                            protocol.isEmpty() ? "TCP" : protocol,
                            port.number(0, "hostPort")));
                }
            }
        }
        return ports;
    }

    private static boolean share(List<HostPort> some, List<HostPort> others) {
        return some.stream().anyMatch(port -> others.stream().anyMatch(port::meets));
    }
}
