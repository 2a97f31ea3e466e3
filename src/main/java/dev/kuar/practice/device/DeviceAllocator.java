package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Looks for the devices of claims on a node, every combination if need be; the first one that does is taken. Models the allocator
 * of Kubernetes 1.36 with prioritized lists, administrators' access, taints, shared counters, consumable capacities and
 * binding conditions. Thread-safe.
 */
public final class DeviceAllocator {
    private final Selectors selectors = new Selectors();
    private final Function<String, Optional<KubeObject>> classes;

    /** @param classes device classes by their names */
    public DeviceAllocator(Function<String, Optional<KubeObject>> classes) {
        this.classes = classes;
    }

    /**
     * Allocations of the claims, in their order, each as {@code status.allocation} has it; empty when there are none.
     *
     * @param claims that have no devices yet
     * @param slices all that there are
     * @param expired asked now and then whether the search has taken too long
     * @throws AllocationException when something about a claim, a class or the pools is wrong
     */
    public Optional<List<Map<String, Object>>> allocate(
            KubeObject node,
            List<KubeObject> claims,
            Collection<KubeObject> slices,
            TakenDevices taken,
            BooleanSupplier expired) {
        List<Pool> pools = Pools.of(node, slices);
        List<ClaimSearch> wanted = new ArrayList<>();
        for (KubeObject claim : claims) {
            wanted.add(new ClaimSearch(claim, node, pools, selectors, classes, taken));
        }
        Search search = new Search(wanted, pools, taken, node.name(), expired);
        if (search.succeeds()) {
            List<Map<String, Object>> results = new ArrayList<>();
            wanted.forEach(claim -> results.add(AllocationResult.of(claim, node)));
            return Optional.of(results);
        }
        if (pools.stream().anyMatch(pool -> pool.state() == Pool.State.INVALID)) {
            throw AllocationException.ofNode("invalid resource pools were encountered");
        }
        return Optional.empty();
    }
}
