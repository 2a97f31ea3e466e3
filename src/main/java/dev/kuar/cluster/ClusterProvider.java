package dev.kuar.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How a provider's own tool makes and keeps real clusters: the lines that it is given. Nothing is run here. */
public interface ClusterProvider {
    /** The tool that must be live. */
    String tool();

    /** Whether what it makes costs money. */
    boolean costs();

    /** The lines that make a cluster and its context. */
    List<List<String>> create(Wish wish);

    List<List<String>> delete(Made made);

    /** What has to stand in {@link Wish#configuration} before the lines run; empty for nothing. */
    default Optional<String> configuration(Wish wish) {
        return Optional.empty();
    }

    /** Empty where the provider's clusters cannot be stopped. */
    List<List<String>> stop(Made made);

    /** Empty where there is nothing to start. */
    List<List<String>> start(Made made);

    /** A line that lists what the tool has made, for who wants to see what an interrupted one has left. */
    List<String> list();

    /**
     * A cluster that the tool made.
     *
     * @param place where the tool keeps it: {@code PROJECT/LOCATION}, a region, a resource group; empty where it needs none
     */
    record Made(String name, String place) {}

    /**
     * What is wanted of a new cluster.
     *
     * @param nodes as the provider counts them
     * @param version of Kubernetes with its v; empty for the provider's choice
     * @param patience how long to wait for it; empty for the tool's own way
     * @param configuration a file for the tool, where it needs one
     */
    record Wish(String name, int nodes, Optional<String> version, Optional<String> patience, Path configuration) {}

    /** The providers that have a tool, by name. */
    static Map<String, ClusterProvider> all() {
        return new TreeMap<>(Map.of(
                "kind", new KindProvider(),
                "minikube", new MinikubeProvider(),
                "gke", new GkeProvider(),
                "aks", new AksProvider(),
                "eks", new EksProvider()));
    }
}
