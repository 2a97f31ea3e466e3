package dev.kuar.tool;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stand-ins ask of the practice side: clusters that are made, found, stopped and deleted by name.
 *
 * <p>Names are unique over all providers; a stand-in whose tool allows the same name elsewhere prefixes it.
 */
public interface ClusterHost {
    /** All practice clusters, by name; stopped ones too. */
    List<Hosted> list();

    Optional<Hosted> find(String name);

    /** Makes a cluster and returns when its API server answers. */
    Hosted create(Order order);

    /** Waits until all nodes are Ready; false when {@code limit} passes first. */
    boolean waitReady(String name, Duration limit) throws InterruptedException;

    void stop(String name);

    void start(String name);

    /** Removes a cluster and all that it holds; harmless when there is none. */
    void delete(String name);

    /** Replaces what {@link Hosted#attributes} says. */
    void setAttributes(String name, Map<String, String> attributes);

    /** Brings a cluster's add-ons back as its provider made them; returns what was missing. */
    default List<String> restore(String name) {
        return List.of();
    }

    Access access(String name);

    /** Writes all that a cluster is and holds to a new file, as of one revision, which is returned. */
    long snapshot(String name, Path file);

    /** Makes a cluster of such a file and returns when its API server answers; it has its old name where {@code name} is empty. */
    Hosted restore(Path file, String name);

    /**
     * What to make.
     *
     * @param name also the prefix of node names where the profile says so
     * @param profile {@code kind}, {@code minikube}, {@code docker-desktop}, {@code gke}, {@code aks}, {@code eks}
     * @param nodes 1 or more, control planes included where they show
     * @param kubernetesVersion with its v
     * @param attributes what the tool wants to remember (zone, resource group)
     */
    record Order(String name, String profile, int nodes, String kubernetesVersion, Map<String, String> attributes) {}

    /**
     * A practice cluster as it is listed.
     *
     * @param serverVersion as the provider spells it, {@code v1.36.2-gke.1034000}
     */
    record Hosted(
            String name,
            String profile,
            int nodes,
            String kubernetesVersion,
            String serverVersion,
            boolean running,
            Instant created,
            Map<String, String> attributes) {}

    /** How a client reaches a cluster: URL and PEM texts. */
    record Access(String server, String caPem, String certificatePem, String keyPem) {}
}
