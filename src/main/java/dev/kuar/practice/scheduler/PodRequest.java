package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a pod asks of a node.
 *
 * @param amounts resource to amount, cpu in millicores, all else in whole units; the largest of what runs at once
 * @param scored cpu and memory, where a container that asks for nothing counts as 100m and 200Mi
 * @param hostPorts {@code 0.0.0.0|TCP|8080}
 */
record PodRequest(Map<String, Long> amounts, Map<String, Long> scored, List<String> hostPorts) {
    private static final Map<String, Long> DEFAULTS = Map.of("cpu", 100L, "memory", 200L * 1024 * 1024);

    /** Of a pod that waits for a node: what its spec says. */
    static PodRequest of(KubeObject pod) {
        return of(pod, Map.of());
    }

    /** Of a pod on a node: while a resize is under way the larger of what it has and what it wants. */
    static PodRequest ofPlaced(KubeObject pod) {
        Map<String, KubeObject> statuses = new HashMap<>();
        for (String list : new String[] {"initContainerStatuses", "containerStatuses"}) {
            for (Map<String, Object> tree : pod.maps("status", list)) {
                if (tree.containsKey("allocatedResources") || tree.containsKey("resources")) {
                    statuses.put(String.valueOf(tree.get("name")), KubeObject.of(tree));
                }
            }
        }
        return of(pod, statuses);
    }

    private static PodRequest of(KubeObject pod, Map<String, KubeObject> statuses) {
        return new PodRequest(total(pod, statuses, Map.of()), total(pod, statuses, DEFAULTS), hostPorts(pod));
    }

    private static Map<String, Long> total(
            KubeObject pod, Map<String, KubeObject> statuses, Map<String, Long> defaults) {
        boolean infeasible = pod.maps("status", "conditions").stream()
                .anyMatch(condition -> "PodResizePending".equals(condition.get("type"))
                        && "Infeasible".equals(condition.get("reason")));
        Map<String, Long> sum = statuses.isEmpty() || !infeasible
                ? sum(pod, defaults, container -> amounts(container, "resources", "requests"))
                : new HashMap<>();
        if (!statuses.isEmpty()) {
            larger(sum, sum(pod, defaults, container -> allocated(container, statuses, infeasible)));
            larger(sum, sum(pod, defaults, container -> actuated(container, statuses, infeasible)));
        }
        amounts(pod, "spec", "resources", "requests").forEach((name, amount) -> {
            if (name.equals("cpu") || name.equals("memory") || name.startsWith("hugepages-")) {
                sum.put(name, amount);
            }
        });
        add(sum, amounts(pod, "spec", "overhead"));
        return sum;
    }

    private static Map<String, Long> allocated(
            KubeObject container, Map<String, KubeObject> statuses, boolean infeasible) {
        KubeObject status = statuses.get(container.text("name"));
        if (status != null && status.at("allocatedResources") != null) {
            return amounts(status, "allocatedResources");
        }
        return infeasible ? Map.of() : amounts(container, "resources", "requests");
    }

    private static Map<String, Long> actuated(
            KubeObject container, Map<String, KubeObject> statuses, boolean infeasible) {
        KubeObject status = statuses.get(container.text("name"));
        return status != null && status.at("resources", "requests") != null
                ? amounts(status, "resources", "requests")
                : allocated(container, statuses, infeasible);
    }

    /** Containers and sidecars together, or what runs while the pod starts where that is more. */
    private static Map<String, Long> sum(
            KubeObject pod, Map<String, Long> defaults, Function<KubeObject, Map<String, Long>> requests) {
        Map<String, Long> running = new HashMap<>();
        for (Map<String, Object> container : pod.maps("spec", "containers")) {
            add(running, requests.apply(KubeObject.of(container)), defaults);
        }
        Map<String, Long> sidecars = new HashMap<>();
        Map<String, Long> starting = new HashMap<>();
        for (Map<String, Object> container : pod.maps("spec", "initContainers")) {
            Map<String, Long> wanted = requests.apply(KubeObject.of(container));
            if (isSidecar(container)) {
                add(running, wanted, defaults);
                add(sidecars, wanted, defaults);
                larger(starting, sidecars);
            } else {
                Map<String, Long> together = new HashMap<>(sidecars);
                add(together, wanted, defaults);
                larger(starting, together);
            }
        }
        larger(running, starting);
        return running;
    }

    private static boolean isSidecar(Map<String, Object> container) {
        return "Always".equals(container.get("restartPolicy"));
    }

    private static Map<String, Long> amounts(KubeObject tree, String... path) {
        Map<String, Object> list = tree.map(path);
        if (list.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> amounts = new HashMap<>();
        list.forEach((name, amount) -> amounts.put(name, amount(name, amount)));
        return amounts;
    }

    static long amount(String resource, Object amount) {
        Quantity quantity = Quantity.of(amount);
        return resource.equals("cpu") ? quantity.millis() : quantity.units();
    }

    private static void add(Map<String, Long> sum, Map<String, Long> more, Map<String, Long> defaults) {
        add(sum, more);
        defaults.forEach((name, amount) -> {
            if (!more.containsKey(name)) {
                sum.merge(name, amount, Long::sum);
            }
        });
    }

    private static void add(Map<String, Long> sum, Map<String, Long> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Long::sum));
    }

    private static void larger(Map<String, Long> sum, Map<String, Long> other) {
        other.forEach((name, amount) -> sum.merge(name, amount, Math::max));
    }

    private static List<String> hostPorts(KubeObject pod) {
        List<String> ports = new ArrayList<>();
        for (Map<String, Object> container : pod.maps("spec", "containers")) {
            hostPorts(container, ports);
        }
        for (Map<String, Object> container : pod.maps("spec", "initContainers")) {
            if (isSidecar(container)) {
                hostPorts(container, ports);
            }
        }
        return ports;
    }

    private static void hostPorts(Map<String, Object> container, List<String> ports) {
        for (Map<String, Object> tree : KubeObject.of(container).maps("ports")) {
            KubeObject port = KubeObject.of(tree);
            if (port.number(0, "hostPort") > 0) {
                String address = port.text("hostIP").isEmpty() ? "0.0.0.0" : port.text("hostIP");
                String protocol = port.text("protocol").isEmpty() ? "TCP" : port.text("protocol");
                ports.add(address + "|" + protocol + "|" + port.number(0, "hostPort"));
            }
        }
    }

    long of(String resource) {
        return amounts.getOrDefault(resource, 0L);
    }
}
