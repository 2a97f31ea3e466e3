package dev.kuar.practice.scheduler;

import java.util.ArrayList;
import java.util.List;

/** How full a node would be of cpu and memory: NodeResourcesFit and NodeResourcesBalancedAllocation of Kubernetes 1.36. */
final class ResourceScore {
    private static final long MAX = 100;
    private static final List<String> RESOURCES = List.of("cpu", "memory");

    private ResourceScore() {}

    /** 0 to 100: what stays free, on average. */
    static long leastAllocated(PodRequest request, NodeState node) {
        long sum = 0;
        long weights = 0;
        for (String resource : RESOURCES) {
            long capacity = node.allocatable(resource);
            if (capacity > 0) {
                long used = node.usedAsScored(resource) + request.scored().getOrDefault(resource, 0L);
                sum += used > capacity ? 0 : (capacity - used) * MAX / capacity;
                weights++;
            }
        }
        return weights == 0 ? 0 : sum / weights;
    }

    /** 50 to 100, more where the pod makes cpu and memory more even; 0 for a pod that asks for neither. */
    static long balanced(PodRequest request, NodeState node) {
        if (request.of("cpu") == 0 && request.of("memory") == 0) {
            return 0;
        }
        long with = evenness(request, node, 1);
        long without = evenness(request, node, 0);
        return MAX / 2 + (MAX / 2 + with - without) / 2;
    }

    private static long evenness(PodRequest request, NodeState node, int times) {
        List<Double> shares = new ArrayList<>();
        for (String resource : RESOURCES) {
            long capacity = node.allocatable(resource);
            if (capacity > 0) {
                shares.add(Math.min(1, (double) (node.used(resource) + times * request.of(resource)) / capacity));
            }
        }
        double deviation = shares.size() == 2 ? Math.abs((shares.get(0) - shares.get(1)) / 2) : 0;
        return (long) ((1 - deviation) * MAX);
    }
}
