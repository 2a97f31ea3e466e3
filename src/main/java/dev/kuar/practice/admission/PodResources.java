package dev.kuar.practice.admission;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a pod asks for in all: its containers together, or the largest init container where that is more. */
final class PodResources {
    private PodResources() {}

    /** @param side {@code requests} or {@code limits} */
    static Map<String, Quantity> sum(KubeObject pod, String side) {
        Map<String, Quantity> sum = new LinkedHashMap<>();
        for (Map<String, Object> container : pod.maps("spec", "containers")) {
            add(sum, of(container, side));
        }
        Map<String, Quantity> sidecars = new LinkedHashMap<>();
        for (Map<String, Object> container : pod.maps("spec", "initContainers")) {
            Map<String, Quantity> own = of(container, side);
            if ("Always".equals(container.get("restartPolicy"))) {
                add(sum, own);
                add(sidecars, own);
            } else {
                Map<String, Quantity> peak = new LinkedHashMap<>(sidecars);
                add(peak, own);
                peak.forEach((name, amount) -> sum.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
            }
        }
        KubeObject.of(pod.map("spec", "overhead")).tree().forEach((name, amount) -> {
            if (side.equals("requests") || sum.containsKey(name)) {
                sum.merge(name, Quantity.of(amount), Quantity::plus);
            }
        });
        return sum;
    }

    static Map<String, Quantity> of(Map<String, Object> container, String side) {
        Map<String, Quantity> amounts = new LinkedHashMap<>();
        KubeObject.of(container)
                .map("resources", side)
                .forEach((name, amount) -> amounts.put(name, Quantity.of(amount)));
        return amounts;
    }

    private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
    }

    /** All containers, init containers first. */
    static List<Map<String, Object>> containers(KubeObject pod) {
        List<Map<String, Object>> all = new ArrayList<>(pod.maps("spec", "initContainers"));
        all.addAll(pod.maps("spec", "containers"));
        return all;
    }
}
