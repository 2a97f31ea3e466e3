package dev.kuar.practice.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The words of a FailedScheduling event. */
final class FitFailure {
    private FitFailure() {}

    /**
     * {@code 0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).}
     *
     * @param reasons why, each with its number of nodes
     */
    static String summary(int nodes, Map<String, Integer> reasons) {
        List<String> counted = new ArrayList<>();
        new TreeMap<>(reasons).forEach((reason, count) -> counted.add(count + " " + reason));
        counted.sort(null);
        return "0/" + nodes + " nodes are available: " + String.join(", ", counted) + ".";
    }

    /** When something about the pod itself is in the way everywhere. */
    static String everywhere(int nodes, String problem) {
        return "0/" + nodes + " nodes are available: " + problem + ".";
    }

    static String withPreemption(String summary, int nodes, Map<String, Integer> outcomes) {
        return summary + " no new claims to deallocate, preemption: " + summary(nodes, outcomes);
    }
}
