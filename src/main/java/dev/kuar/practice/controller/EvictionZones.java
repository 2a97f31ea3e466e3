package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How fast nodes that are down may be tainted so that their pods go, zone by zone.
 *
 * <p>One node every 10 s in a zone that is well or down as a whole; where more than half of a zone is down, and three nodes at
 * least, one every 100 s if it has more than 50 nodes, else none; none anywhere while all zones are down. Models the node
 * lifecycle controller of Kubernetes 1.36 with its default rates. Not thread-safe.
 */
final class EvictionZones {
    private static final double RATE = 0.1;
    private static final double SECOND_RATE = 0.01;
    private static final int LARGE = 50;
    private static final double UNHEALTHY = 0.55;

    private final Map<String, Zone> zones = new LinkedHashMap<>();

    private enum State {
        INITIAL,
        NORMAL,
        PARTLY_DOWN,
        DOWN
    }

    /** What a look at the zones came to. */
    enum Turn {
        NONE,
        ALL_DOWN,
        SOME_BACK
    }

    private static final class Zone {
        private final Set<String> waiting = new LinkedHashSet<>();
        private State state = State.INITIAL;
        private double rate = RATE;
        private double tokens = 1;
        private Instant filled;

        Zone(Instant now) {
            filled = now;
        }

        private void fill(Instant now) {
            double seconds = Duration.between(filled, now).toNanos() / 1e9;
            tokens = rate <= 0 ? 0 : Math.min(1, tokens + Math.max(0, seconds) * rate);
            filled = now;
        }

        boolean take(Instant now) {
            fill(now);
            // A hair less, as the time that a token takes is no round number.
            if (tokens < 1 - 1e-6) {
                return false;
            }
            tokens = Math.max(0, tokens - 1);
            return true;
        }

        void rate(double wanted, Instant now) {
            if (wanted != rate) {
                boolean free = take(now);
                rate = wanted;
                tokens = free && wanted > 0 ? 1 : 0;
            }
        }
    }

    /** Of a node's labels: region and zone, empty for none. */
    static String zoneOf(KubeObject node) {
        return node.labels().getOrDefault("topology.kubernetes.io/region", "") + "/"
                + node.labels().getOrDefault("topology.kubernetes.io/zone", "");
    }

    /** Its pods are to go once its zone's turn has come; nothing changes for a node that waits already. */
    void await(KubeObject node, Instant now) {
        zone(zoneOf(node), now).waiting.add(node.name());
    }

    /** It is ready again, or gone. */
    void forget(String node) {
        zones.values().forEach(zone -> zone.waiting.remove(node));
    }

    /**
     * Judges the zones by the readiness of their nodes.
     *
     * @param ready one entry a node, by zone
     */
    Turn look(Map<String, List<Boolean>> ready, Instant now) {
        ready.keySet().forEach(name -> zone(name, now));
        zones.keySet().removeIf(name -> !ready.containsKey(name));
        boolean allAre = ready.values().stream().allMatch(nodes -> state(nodes) == State.DOWN);
        boolean allWere = zones.values().stream().allMatch(zone -> zone.state == State.DOWN);
        if (allAre && allWere) {
            return Turn.NONE;
        }
        if (allAre) {
            for (Zone zone : zones.values()) {
                zone.rate(0, now);
                zone.state = State.DOWN;
                zone.waiting.clear();
            }
            return Turn.ALL_DOWN;
        }
        ready.forEach((name, nodes) -> {
            Zone zone = zone(name, now);
            State state = state(nodes);
            if (allWere || state != zone.state) {
                zone.state = state;
                zone.rate(rate(state, nodes.size()), now);
            }
        });
        return allWere ? Turn.SOME_BACK : Turn.NONE;
    }

    private static State state(List<Boolean> nodes) {
        int down = (int) nodes.stream().filter(ready -> !ready).count();
        if (down > 0 && down == nodes.size()) {
            return State.DOWN;
        }
        return down > 2 && (double) down / nodes.size() >= UNHEALTHY ? State.PARTLY_DOWN : State.NORMAL;
    }

    private static double rate(State state, int nodes) {
        return state != State.PARTLY_DOWN ? RATE : nodes > LARGE ? SECOND_RATE : 0;
    }

    /** Takes out the nodes whose turn it is. */
    List<String> due(Instant now) {
        List<String> due = new ArrayList<>();
        for (Zone zone : zones.values()) {
            Iterator<String> waiting = zone.waiting.iterator();
            while (waiting.hasNext() && zone.take(now)) {
                due.add(waiting.next());
                waiting.remove();
            }
        }
        return due;
    }

    /** When the next that waits may go; the distant future if none does or may. */
    Instant next(Instant now) {
        Instant next = Instant.MAX;
        for (Zone zone : zones.values()) {
            if (!zone.waiting.isEmpty() && zone.rate > 0) {
                zone.fill(now);
                long millis = (long) Math.ceil((1 - zone.tokens) / zone.rate * 1000);
                Instant at = now.plusMillis(Math.max(1, millis));
                next = at.isBefore(next) ? at : next;
            }
        }
        return next;
    }

    private Zone zone(String name, Instant now) {
        return zones.computeIfAbsent(name, key -> new Zone(now));
    }
}
