package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pod asks of a node.
 *
 * @param amounts resource to amount, cpu in millicores, all else in whole units; the largest of what runs at once
 * @param hostPorts {@code 0.0.0.0:TCP:8080}
 */
record PodRequest(Map<String, Long> amounts, List<String> hostPorts) {
    static PodRequest of(KubeObject pod) {
        Map<String, Long> running = new HashMap<>();
        for (Map<String, Object> container : pod.maps("spec", "containers")) {
            add(running, requests(container));
        }
        Map<String, Long> sidecars = new HashMap<>();
        Map<String, Long> starting = new HashMap<>();
        for (Map<String, Object> container : pod.maps("spec", "initContainers")) {
            Map<String, Long> wanted = requests(container);
            if ("Always".equals(container.get("restartPolicy"))) {
                add(sidecars, wanted);
                add(running, wanted);
            } else {
                add(wanted, sidecars);
            }
            wanted.forEach((name, amount) -> starting.merge(name, amount, Math::max));
        }
        starting.forEach((name, amount) -> running.merge(name, amount, Math::max));
        pod.map("spec", "resources", "requests").forEach((name, amount) -> running.put(name, amount(name, amount)));
        pod.map("spec", "overhead").forEach((name, amount) -> running.merge(name, amount(name, amount), Long::sum));
        return new PodRequest(running, hostPorts(pod));
    }

    private static Map<String, Long> requests(Map<String, Object> container) {
        Map<String, Long> amounts = new HashMap<>();
        KubeObject.of(container)
                .map("resources", "requests")
                .forEach((name, amount) -> amounts.put(name, amount(name, amount)));
        return amounts;
    }

    static long amount(String resource, Object amount) {
        Quantity quantity = Quantity.of(amount);
        return resource.equals("cpu") ? quantity.millis() : quantity.units();
    }

    private static void add(Map<String, Long> sum, Map<String, Long> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Long::sum));
    }

    private static List<String> hostPorts(KubeObject pod) {
        List<String> ports = new ArrayList<>();
        for (Map<String, Object> container : pod.maps("spec", "containers")) {
            for (Map<String, Object> port : KubeObject.of(container).maps("ports")) {
                if (port.get("hostPort") instanceof Number number && number.longValue() > 0) {
                    ports.add(port.getOrDefault("hostIP", "0.0.0.0") + ":" + port.getOrDefault("protocol", "TCP") + ":"
                            + number);
                }
            }
        }
        return ports;
    }

    long of(String resource) {
        return amounts.getOrDefault(resource, 0L);
    }
}
