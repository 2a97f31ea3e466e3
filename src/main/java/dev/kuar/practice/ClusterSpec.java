package dev.kuar.practice;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What practice cluster to make or to open.
 *
 * @param name the cluster's name, {@code my-cluster}; node names begin with it where the profile says so
 * @param profile the shape: {@code kind} (the default), {@code kubeadm}, {@code minikube}, {@code docker-desktop}, {@code gke}, {@code aks}, {@code eks}
 * @param nodes all nodes, 1 or more
 * @param kubernetesVersion with its v, {@code v1.36.2}
 * @param directory where the cluster lives; empty for an ephemeral one
 * @param port the port on loopback; 0 for any that is free (chosen once and kept in {@code directory})
 * @param auditLog where audit events go; empty for nowhere
 */
public record ClusterSpec(
        String name,
        String profile,
        int nodes,
        String kubernetesVersion,
        Optional<Path> directory,
        int port,
        Optional<Path> auditLog) {
    /** The version that the practice cluster models. */
    public static final String DEFAULT_VERSION = "v1.36.2";

    /** The same cluster in another place. */
    ClusterSpec in(Optional<Path> place) {
        return new ClusterSpec(name, profile, nodes, kubernetesVersion, place, port, auditLog);
    }

    public ClusterSpec {
        if (nodes < 1) {
            throw new IllegalArgumentException("a cluster has at least one node, not " + nodes);
        }
    }
}
