package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hints for the annotation {@code service.kubernetes.io/topology-mode: Auto}: each zone gets as large a part of a Service's
 * endpoints as it has of the nodes' cpu, its own first.
 *
 * <p>Models the topology cache of Kubernetes 1.36 for IPv4. Thread-safe.
 */
final class TopologyHints {
    private static final double OVERLOAD = 0.2;
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String TOO_FEW_NODES =
            "Insufficient Node information: allocatable CPU or zone not specified on one or more nodes";

    /** Each zone's part of all cpu; empty where that is not known of at least two. */
    private Map<String, Double> shares = new TreeMap<>();

    /** How many endpoints each zone was given, by Service. */
    private final Map<Key, Map<String, Integer>> given = new HashMap<>();

    /**
     * What is said about a Service.
     *
     * @param enabled whether it has hints from now on
     */
    record Word(boolean enabled, String message) {
        String reason() {
            return enabled ? "TopologyAwareHintsEnabled" : "TopologyAwareHintsDisabled";
        }
    }

    /** A change of what is to be written; what is neither made nor changed is left as it is. */
    record Slices(List<KubeObject> created, List<KubeObject> updated, List<KubeObject> unchanged) {
        private List<KubeObject> all() {
            List<KubeObject> all = new ArrayList<>(created);
            all.addAll(updated);
            all.addAll(unchanged);
            return all;
        }

        private List<KubeObject> written() {
            List<KubeObject> written = new ArrayList<>(created);
            written.addAll(updated);
            return written;
        }
    }

    /** What a zone is to have: {@code minimum} lest it be overloaded, {@code maximum} lest another be. */
    private record Part(int minimum, int maximum, double desired) {}

    /** Whether the annotations of a Service ask for such hints. */
    static boolean isOn(KubeObject service) {
        Map<String, String> annotations = service.annotations();
        String mode = annotations.getOrDefault(
                "service.kubernetes.io/topology-aware-hints",
                annotations.getOrDefault("service.kubernetes.io/topology-mode", ""));
        return mode.equals("Auto") || mode.equals("auto");
    }

    /** Looks at the nodes that are ready and no control plane's. */
    synchronized void look(Collection<KubeObject> nodes) {
        Map<String, Long> cpu = new TreeMap<>();
        boolean known = true;
        for (KubeObject node : nodes) {
            if (node.labels().containsKey("node-role.kubernetes.io/control-plane")
                    || node.labels().containsKey("node-role.kubernetes.io/master")
                    || !Trees.isTrue(node, "Ready")) {
                continue;
            }
            long millis = Quantity.of(node.at("status", "allocatable", "cpu")).millis();
            String zone = node.labels().getOrDefault(ZONE, "");
            known &= millis > 0 && !zone.isEmpty();
            cpu.merge(zone, millis, Long::sum);
        }
        long total = cpu.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Double> fresh = new TreeMap<>();
        if (known && total > 0 && cpu.size() > 1) {
            cpu.forEach((zone, millis) -> fresh.put(zone, (double) millis / total));
        }
        shares = fresh;
    }

    /** The Services of which some zone has too few endpoints by now. */
    synchronized List<Key> overloaded() {
        return given.entrySet().stream()
                .filter(each -> isOverloaded(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isOverloaded(Map<String, Integer> byZone) {
        int total = byZone.values().stream().mapToInt(Integer::intValue).sum();
        return !byZone.isEmpty()
                && (shares.isEmpty()
                        || shares.entrySet().stream()
                                .anyMatch(share -> byZone.getOrDefault(share.getKey(), -1)
                                        < Math.ceil(total * share.getValue() / (1 + OVERLOAD))));
    }

    /** A Service that asks for none, or is gone; what there is to say about it, null for nothing. */
    synchronized @Nullable Word forget(Key service) {
        return given.remove(service) == null ? null : word(false, "Topology Aware Hints has been disabled");
    }

    /** Gives the endpoints hints, or takes them where that can't be done; null where there is nothing to say. */
    synchronized @Nullable Word apply(Key service, Slices slices) {
        int ready = (int) slices.all().stream()
                .flatMap(slice -> slice.maps("endpoints").stream())
                .filter(TopologyHints::isReady)
                .count();
        Map<String, Part> parts = new TreeMap<>();
        String refusal = parts(ready, parts);
        Map<String, Integer> byZone = refusal.isEmpty() ? kept(slices, parts) : Map.of();
        if (refusal.isEmpty() && !ownZones(slices, byZone)) {
            refusal = "One or more endpoints do not have a zone specified";
        }
        if (refusal.isEmpty()) {
            redistribute(slices, parts, byZone);
            refusal = byZone.isEmpty() ? "No hints allocated for zones" : "";
        }
        if (!refusal.isEmpty()) {
            given.remove(service);
            clear(slices);
            return word(false, refusal);
        }
        return given.put(service, byZone) == null ? word(true, "Topology Aware Hints has been enabled") : null;
    }

    private static Word word(boolean enabled, String message) {
        return new Word(enabled, message + ", addressType: IPv4");
    }

    /** Why there are no parts; empty where there are. */
    private String parts(int endpoints, Map<String, Part> parts) {
        String counts = " (" + endpoints + " endpoints, " + shares.size() + " zones)";
        if (shares.isEmpty()) {
            return TOO_FEW_NODES;
        }
        if (shares.size() > endpoints) {
            return "Insufficient number of endpoints" + counts;
        }
        Map<String, Integer> least = new TreeMap<>();
        shares.forEach((zone, share) -> least.put(zone, (int) Math.ceil(share * endpoints / (1 + OVERLOAD))));
        int total = least.values().stream().mapToInt(Integer::intValue).sum();
        if (total > endpoints) {
            return "Unable to allocate minimum required endpoints to each zone without exceeding overload threshold"
                    + counts;
        }
        least.forEach((zone, minimum) -> parts.put(
                zone,
                new Part(
                        minimum,
                        minimum + endpoints - total,
                        Math.max(shares.getOrDefault(zone, 0.0) * endpoints, minimum))));
        return "";
    }

    /** What the slices that stay give each zone; one whose hints won't do any more is to be changed. */
    private static Map<String, Integer> kept(Slices slices, Map<String, Part> parts) {
        Map<String, Integer> byZone = new TreeMap<>();
        for (KubeObject slice : new ArrayList<>(slices.unchanged())) {
            Map<String, Integer> own = hints(slice, byZone, parts);
            if (own == null) {
                slices.unchanged().remove(slice);
                slices.updated().add(slice.copy());
            } else {
                own.forEach((zone, count) -> byZone.merge(zone, count, Integer::sum));
            }
        }
        return byZone;
    }

    private static @Nullable Map<String, Integer> hints(
            KubeObject slice, Map<String, Integer> before, Map<String, Part> parts) {
        Map<String, Integer> own = new HashMap<>();
        for (Map<String, Object> endpoint : slice.maps("endpoints")) {
            if (!isReady(endpoint)) {
                continue;
            }
            List<Map<String, Object>> zones = KubeObject.of(endpoint).maps("hints", "forZones");
            if (zones.isEmpty()) {
                return null;
            }
            zones.forEach(zone -> own.merge(Trees.text(zone, "name"), 1, Integer::sum));
        }
        boolean fits = own.entrySet().stream().allMatch(each -> {
            Part part = parts.get(each.getKey());
            return part != null && each.getValue() + before.getOrDefault(each.getKey(), 0) <= part.maximum();
        });
        return fits ? own : null;
    }

    /** First each endpoint is for its own zone; false where one has none. */
    private static boolean ownZones(Slices slices, Map<String, Integer> byZone) {
        for (KubeObject slice : slices.written()) {
            for (Map<String, Object> endpoint : slice.maps("endpoints")) {
                endpoint.remove("hints");
                String zone = Trees.text(endpoint, "zone");
                if (isReady(endpoint) && zone.isEmpty()) {
                    return false;
                }
                if (isReady(endpoint)) {
                    byZone.merge(zone, 1, Integer::sum);
                    hint(endpoint, zone);
                }
            }
        }
        return true;
    }

    private static void hint(Map<String, Object> endpoint, String zone) {
        endpoint.put("hints", Trees.map("forZones", Trees.list(Trees.map("name", zone))));
    }

    /** Then zones with more than their part give some of theirs to zones with less. */
    private static void redistribute(Slices slices, Map<String, Part> parts, Map<String, Integer> byZone) {
        Map<String, Double> over = new TreeMap<>();
        Map<String, Double> under = new TreeMap<>();
        parts.forEach((zone, part) -> {
            double more = byZone.getOrDefault(zone, 0) - part.desired();
            if (more > 0) {
                over.put(zone, more);
            } else if (more < 0) {
                under.put(zone, -more);
            }
        });
        Map<String, Integer> giving = new TreeMap<>();
        Map<String, Integer> receiving = new TreeMap<>();
        while (true) {
            String from = most(over);
            String to = most(under);
            double more = over.getOrDefault(from, 0.0);
            double less = under.getOrDefault(to, 0.0);
            if (from.isEmpty() || to.isEmpty() || more < 1 && less < 1 || more < 0.5 || less < 0.5) {
                break;
            }
            giving.merge(from, 1, Integer::sum);
            receiving.merge(to, 1, Integer::sum);
            over.put(from, more - 1);
            under.put(to, less - 1);
        }
        for (KubeObject slice : slices.written()) {
            for (Map<String, Object> endpoint : slice.maps("endpoints")) {
                String zone = Trees.text(endpoint, "zone");
                if (isReady(endpoint) && giving.containsKey(zone) && !receiving.isEmpty()) {
                    String to = receiving.keySet().iterator().next();
                    hint(endpoint, to);
                    byZone.merge(to, 1, Integer::sum);
                    byZone.merge(zone, -1, Integer::sum);
                    giving.computeIfPresent(zone, (name, left) -> left == 1 ? null : left - 1);
                    receiving.computeIfPresent(to, (name, left) -> left == 1 ? null : left - 1);
                }
            }
        }
    }

    private static String most(Map<String, Double> zones) {
        return zones.entrySet().stream()
                .filter(zone -> zone.getValue() > 0)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private static boolean isReady(Map<String, Object> endpoint) {
        return KubeObject.of(endpoint).flag("conditions", "ready");
    }

    private static void clear(Slices slices) {
        slices.written().forEach(slice -> slice.maps("endpoints").forEach(endpoint -> endpoint.remove("hints")));
        Set<KubeObject> hinted = new HashSet<>();
        for (KubeObject slice : slices.unchanged()) {
            if (slice.maps("endpoints").stream().anyMatch(endpoint -> endpoint.containsKey("hints"))) {
                KubeObject changed = slice.copy();
                changed.maps("endpoints").forEach(endpoint -> endpoint.remove("hints"));
                slices.updated().add(changed);
                hinted.add(slice);
            }
        }
        slices.unchanged().removeAll(hinted);
    }
}
