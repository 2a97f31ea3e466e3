package dev.kuar.practice.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The words of a FailedScheduling event. */
final class FitFailure {
    /** The longest an event's message may be, in bytes. */
    static final int LONGEST = 1024;

    private static final String CUT = " ...";

    private FitFailure() {}

    /**
     * {@code 0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).}
     *
     * @param reasons why, each with its number of nodes
     */
    static String summary(int nodes, Map<String, Integer> reasons) {
        List<String> counted = new ArrayList<>();
        reasons.forEach((reason, count) -> counted.add(count + " " + reason));
        counted.sort(null);
        String head = "0/" + nodes + " nodes are available:";
        return counted.isEmpty() ? head : head + " " + String.join(", ", counted) + ".";
    }

    /** When something about the pod itself is in the way everywhere. */
    static String everywhere(int nodes, String problem) {
        return "0/" + nodes + " nodes are available: " + problem + ".";
    }

    /** What an event has room for. */
    static String cut(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST - CUT.length()) + CUT;
    }
}
