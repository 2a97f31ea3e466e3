package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Gives Services their node ports, of which each belongs to one Service alone. Thread-safe. */
final class ServicePorts {
    private static final long FIRST = 30000;
    private static final int COUNT = 2768;

    /** The first of the range are given only where all others are taken. */
    private static final int KEPT = COUNT / 32;

    private final Parts parts;

    /** What was given to Services that are not stored yet, by uid. */
    private final Map<String, Set<Long>> underway = new HashMap<>();

    ServicePorts(Parts parts) {
        this.parts = parts;
    }

    /** Of a Service whose ports are given out: the ports that others hold and those of its own so far. */
    private record Giving(KubeObject service, Set<Long> taken) {
        /** Why it can't be had; empty where it was taken. */
        private String take(long port) {
            if (port < FIRST || port >= FIRST + COUNT) {
                return "provided port is not in the valid range. The range of valid ports is 30000-32767";
            }
            return taken.add(port) ? "" : "provided port is already allocated";
        }

        void take(long port, String field) {
            String why = take(port);
            if (!why.isEmpty()) {
                ServiceFamilyFields.refuse(
                        service, List.of(ServiceFamilyFields.wrong(field, Long.toString(port), why)));
            }
        }

        long any(String what) {
            for (int[] part : new int[][] {{KEPT, COUNT}, {0, KEPT}}) {
                int size = part[1] - part[0];
                int start = ThreadLocalRandom.current().nextInt(size);
                for (int i = 0; i < size; i++) {
                    long port = FIRST + part[0] + (start + i) % size;
                    if (taken.add(port)) {
                        return port;
                    }
                }
            }
            throw Statuses.internalError("failed to allocate a " + what + ": range is full");
        }
    }

    /**
     * Fills in the node ports that a Service lacks and takes those that it asks for.
     *
     * @param old null for a new one
     */
    synchronized void give(KubeObject service, @Nullable KubeObject old, boolean dryRun) {
        Giving giving = new Giving(service, taken(service));
        if (ServiceFields.isOnNodes(service)) {
            if (old == null) {
                fill(giving);
            } else {
                change(giving, ServiceFields.nodePorts(old));
            }
        }
        boolean wasAsked = old != null && ServiceFields.isHealthAsked(old);
        if (ServiceFields.isHealthAsked(service) && !wasAsked) {
            health(giving);
        }
        if (dryRun) {
            return;
        }
        Set<Long> mine = new HashSet<>(ServiceFields.nodePorts(service));
        mine.add(service.number(0, "spec", "healthCheckNodePort"));
        underway.put(service.uid(), mine);
    }

    /** One number serves all protocols of a port. */
    private static void fill(Giving giving) {
        List<Map<String, Object>> ports = giving.service().maps("spec", "ports");
        Map<Object, Long> byPort = new HashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            Map<String, Object> port = ports.get(i);
            long wanted = ServiceFields.nodePort(port);
            if (wanted == 0 && !ServiceFields.takesPorts(giving.service())) {
                continue;
            }
            Object number = Objects.requireNonNullElse(port.get("port"), 0L);
            Long given = byPort.get(number);
            String field = "ports[" + i + "].nodePort";
            if (given == null) {
                long asked = ports.stream()
                        .filter(each -> number.equals(each.get("port")) && ServiceFields.nodePort(each) != 0)
                        .map(ServiceFields::nodePort)
                        .findFirst()
                        .orElse(0L);
                if (asked != 0) {
                    giving.take(asked, field);
                }
                given = asked != 0 ? asked : giving.any("nodePort");
                port.put("nodePort", given);
                byPort.put(number, given);
            } else if (wanted == 0) {
                port.put("nodePort", given);
            } else if (wanted != given) {
                giving.take(wanted, field);
            }
        }
    }

    private static void change(Giving giving, List<Long> before) {
        List<Map<String, Object>> ports = giving.service().maps("spec", "ports");
        Set<Long> fresh = new HashSet<>();
        giving.taken().addAll(before);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            Map<String, Object> port = ports.get(i);
            long wanted = ServiceFields.nodePort(port);
            if (wanted == 0 && !ServiceFields.takesPorts(giving.service())) {
                continue;
            }
            if (wanted == 0) {
                wanted = giving.any("nodePort");
                port.put("nodePort", wanted);
            } else if (!before.contains(wanted) && fresh.add(wanted)) {
                giving.take(wanted, "ports[" + i + "].nodePort");
            }
            String shown = "{" + KubeObject.of(port).text("protocol") + " " + wanted + "}";
            if (seen.contains(shown)) {
                throw Statuses.internal("duplicate nodePort: " + shown);
            }
            seen.add(shown);
        }
    }

    private static void health(Giving giving) {
        long wanted = giving.service().number(0, "spec", "healthCheckNodePort");
        if (wanted == 0) {
            giving.service().set(giving.any("HealthCheck NodePort 0"), "spec", "healthCheckNodePort");
            return;
        }
        String why = giving.take(wanted);
        if (!why.isEmpty()) {
            throw Statuses.internalError("failed to allocate requested HealthCheck NodePort " + wanted + ": " + why);
        }
    }

    private Set<Long> taken(KubeObject service) {
        Set<Long> taken = new HashSet<>();
        Kind kind = parts.catalog().find("", "services").orElseThrow();
        for (Stored stored : parts.storage().feed(kind).all()) {
            if (!stored.object().uid().equals(service.uid())) {
                taken.addAll(ServiceFields.nodePorts(stored.object()));
                taken.add(stored.object().number(0, "spec", "healthCheckNodePort"));
            }
        }
        underway.forEach((uid, ports) -> taken.addAll(uid.equals(service.uid()) ? Set.of() : ports));
        return taken;
    }

    /** It is stored now, or will never be. */
    synchronized void settle(KubeObject service) {
        underway.remove(service.uid());
    }
}
