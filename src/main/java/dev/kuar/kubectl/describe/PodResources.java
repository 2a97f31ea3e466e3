package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Quantity;
import dev.kuar.kubectl.data.Tree;
import java.util.Map;
import java.util.TreeMap;

/** What a pod asks for in all: its containers and sidecars together, or its greediest init step, and overhead. */
final class PodResources {
    private PodResources() {}

    /** {@code what} is {@code requests} or {@code limits}. */
    static Map<String, Quantity> total(Tree pod, String what) {
        Map<String, Quantity> total = new TreeMap<>();
        for (Tree container : pod.items("spec", "containers")) {
            add(total, of(container, what));
        }
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> most = new TreeMap<>();
        for (Tree container : pod.items("spec", "initContainers")) {
            Map<String, Quantity> own = of(container, what);
            if ("Always".equals(container.text("restartPolicy"))) {
                add(total, own);
                add(sidecars, own);
                own = new TreeMap<>(sidecars);
            } else {
                Map<String, Quantity> step = new TreeMap<>(own);
                add(step, sidecars);
                own = step;
            }
            own.forEach((name, amount) -> most.merge(name, amount, PodResources::greater));
        }
        most.forEach((name, amount) -> total.merge(name, amount, PodResources::greater));
        pod.textMap("spec", "resources", what).forEach((name, amount) -> total.put(name, Quantity.parse(amount)));
        pod.textMap("spec", "overhead").forEach((name, amount) -> {
            if ("requests".equals(what) || total.containsKey(name)) {
                total.merge(name, Quantity.parse(amount), Quantity::plus);
            }
        });
        return total;
    }

    private static Map<String, Quantity> of(Tree container, String what) {
        Map<String, Quantity> amounts = new TreeMap<>();
        container.textMap("resources", what).forEach((name, amount) -> amounts.put(name, Quantity.parse(amount)));
        return amounts;
    }

    private static void add(Map<String, Quantity> total, Map<String, Quantity> more) {
        more.forEach((name, amount) -> total.merge(name, amount, Quantity::plus));
    }

    private static Quantity greater(Quantity a, Quantity b) {
        return a.value().compareTo(b.value()) >= 0 ? a : b;
    }
}
