package dev.kuar.practice;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a cluster without opening it.
 *
 * @param port on loopback, chosen when it was made
 * @param stopped whether somebody stopped it: it is not woken by itself then
 * @param attributes whatever the tool that made it wants to remember
 */
public record ClusterRecord(
        String name,
        String profile,
        int nodes,
        String kubernetesVersion,
        int port,
        boolean stopped,
        Instant created,
        Map<String, String> attributes) {
    public ClusterRecord {
        attributes = Map.copyOf(attributes);
    }

    static ClusterRecord of(ClusterSpec spec, int port, Instant created, Map<String, String> attributes) {
        return new ClusterRecord(
                spec.name(), spec.profile(), spec.nodes(), spec.kubernetesVersion(), port, false, created, attributes);
    }

    ClusterSpec spec(Path folder, int at, Optional<Path> auditLog) {
        return new ClusterSpec(name, profile, nodes, kubernetesVersion, Optional.of(folder), at, auditLog);
    }

    ClusterRecord withStopped(boolean now) {
        return new ClusterRecord(name, profile, nodes, kubernetesVersion, port, now, created, attributes);
    }

    ClusterRecord withPort(int now) {
        return new ClusterRecord(name, profile, nodes, kubernetesVersion, now, stopped, created, attributes);
    }

    /** The same cluster by another name, whose port is still to be chosen. */
    ClusterRecord renamed(String now) {
        return new ClusterRecord(now, profile, nodes, kubernetesVersion, 0, false, created, attributes);
    }

    ClusterRecord withAttributes(Map<String, String> now) {
        return new ClusterRecord(name, profile, nodes, kubernetesVersion, port, stopped, created, now);
    }
}
