package dev.kuar.kube;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be read of one cluster: objects, paths, files in its pods, and the news that something changed.
 *
 * <p>Objects are trees as in JSON (LinkedHashMap, ArrayList, String, Long, Double, Boolean), copies of the live state
 * and not to be changed. Every method may be called from any thread.
 */
public interface ClusterView extends AutoCloseable {
    /** The kubeconfig context that this view reads. */
    String context();

    /**
     * All objects of a kind, sorted by namespace and name.
     *
     * @param namespace empty for all, and for kinds without namespaces
     * @throws ReadException when the cluster can't be reached or refuses
     */
    List<Map<String, Object>> list(String apiVersion, String kind, String namespace);

    /** One object; an empty map when it, or its kind, isn't there. Throws as {@link #list}. */
    Map<String, Object> get(String apiVersion, String kind, String namespace, String name);

    /** The body that a GET of {@code path} (with its query) answers. Throws as {@link #list}. */
    String raw(String path);

    /**
     * Runs a command in a container and returns its standard output.
     *
     * @param container empty for the first
     * @throws ReadException when it can't be run, exits with another code than 0, or breaks a limit
     */
    String exec(String namespace, String pod, String container, List<String> command, Duration timeout, int maxBytes);

    /** The user name that a bearer token authenticates as, by a TokenReview; empty when it doesn't. Throws as {@link #list}. */
    String whoIs(String token);

    /**
     * Calls {@code listener} soon after each change of an object of one of the kinds, until closed; calls may come
     * together and from any thread. Survives a lost connection by itself.
     */
    AutoCloseable watch(Set<KindName> kinds, Runnable listener);

    @Override
    void close();

    /** A kind with its API version, for instance {@code apps/v1} and {@code Deployment}. */
    record KindName(String apiVersion, String kind) {}
}
