package dev.kuar.check;

import static dev.kuar.check.Trees.at;
import static dev.kuar.check.Trees.items;
import static dev.kuar.check.Trees.text;

/** What the scheduler counts for a pod: the sum of its containers, or a larger init container, and the overhead. */
final class PodResources {
    private PodResources() {}

    /** {@code which} is {@code requests} or {@code limits}; thousandths for cpu, else whole units; absent is 0. */
    static long count(Object pod, String which, String resource) {
        long sum = 0;
        for (Object container : items(pod, "spec", "containers")) {
            sum += amount(container, which, resource);
        }
        long sidecars = 0;
        long peak = 0;
        for (Object container : items(pod, "spec", "initContainers")) {
            long amount = amount(container, which, resource);
            if (text(container, "restartPolicy").equals("Always")) {
                sidecars += amount;
                peak = Math.max(peak, sidecars);
            } else {
                peak = Math.max(peak, sidecars + amount);
            }
        }
        Object own = at(pod, "spec", "resources", which, resource);
        long counted = own != null ? Quantities.of(resource, own.toString()) : Math.max(sum + sidecars, peak);
        Object overhead = at(pod, "spec", "overhead", resource);
        return overhead == null || counted == 0 ? counted : counted + Quantities.of(resource, overhead.toString());
    }

    private static long amount(Object container, String which, String resource) {
        Object value = at(container, "resources", which, resource);
        return value == null ? 0 : Quantities.of(resource, value.toString());
    }
}
