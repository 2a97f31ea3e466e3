package dev.kuar.practice.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a pod asks for in all: its containers together, or the largest init container where that is more. */
public final class PodResources {
    private PodResources() {}

    /**
     * By what its spec says; what the pod as a whole asks for counts instead of its containers'.
     *
     * @param side {@code requests} or {@code limits}
     */
    public static Map<String, Quantity> sum(KubeObject pod, String side) {
        return sum(pod, side, container -> of(container, side));
    }

    /** While a resize is under way the larger of what a container has and what it wants; what the pod's runtime takes too. */
    public static Map<String, Quantity> held(KubeObject pod, String side) {
        Map<Object, KubeObject> statuses = new HashMap<>();
        for (String list : List.of("initContainerStatuses", "containerStatuses")) {
            pod.maps("status", list).forEach(status -> statuses.put(status.get("name"), KubeObject.of(status)));
        }
        boolean refused = pod.maps("status", "conditions").stream()
                .anyMatch(condition -> "PodResizePending".equals(condition.get("type"))
                        && "Infeasible".equals(condition.get("reason")));
        Map<String, Quantity> sum = sum(pod, side, container -> {
            KubeObject status = statuses.get(container.get("name"));
            if (status == null || !(status.at("resources") instanceof Map)) {
                return of(container, side);
            }
            Map<String, Quantity> held = new LinkedHashMap<>(refused ? Map.of() : of(container, side));
            larger(held, amounts(status.map("resources", side)));
            if (side.equals("requests")) {
                larger(held, amounts(status.map("allocatedResources")));
            }
            return held;
        });
        amounts(pod.map("spec", "overhead")).forEach((name, amount) -> {
            if (side.equals("requests") || sum.containsKey(name)) {
                sum.merge(name, amount, Quantity::plus);
            }
        });
        return sum;
    }

    private static Map<String, Quantity> sum(
            KubeObject pod, String side, Function<Map<String, Object>, Map<String, Quantity>> sized) {
        Map<String, Quantity> sum = new LinkedHashMap<>();
        for (Map<String, Object> container : pod.maps("spec", "containers")) {
            add(sum, sized.apply(container));
        }
        Map<String, Quantity> sidecars = new LinkedHashMap<>();
        Map<String, Quantity> starting = new LinkedHashMap<>();
        for (Map<String, Object> container : pod.maps("spec", "initContainers")) {
            Map<String, Quantity> own = sized.apply(container);
            if ("Always".equals(container.get("restartPolicy"))) {
                add(sum, own);
                add(sidecars, own);
                larger(starting, sidecars);
            } else {
                Map<String, Quantity> peak = new LinkedHashMap<>(sidecars);
                add(peak, own);
                larger(starting, peak);
            }
        }
        larger(sum, starting);
        of(Map.of("resources", pod.map("spec", "resources")), side).forEach((name, amount) -> {
            if (name.equals("cpu") || name.equals("memory") || name.startsWith("hugepages-")) {
                sum.put(name, amount);
            }
        });
        return sum;
    }

    public static Map<String, Quantity> of(Map<String, Object> container, String side) {
        return amounts(KubeObject.of(container).map("resources", side));
    }

    private static Map<String, Quantity> amounts(Map<String, Object> list) {
        Map<String, Quantity> amounts = new LinkedHashMap<>();
        list.forEach((name, amount) -> amounts.put(name, Quantity.of(amount)));
        return amounts;
    }

    private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
    }

    private static void larger(Map<String, Quantity> sum, Map<String, Quantity> other) {
        other.forEach((name, amount) -> sum.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
    }

    /** All containers, init containers first. */
    public static List<Map<String, Object>> containers(KubeObject pod) {
        List<Map<String, Object>> all = new ArrayList<>(pod.maps("spec", "initContainers"));
        all.addAll(pod.maps("spec", "containers"));
        return all;
    }
}
