package dev.kuar.practice.object;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** What authorisation and admission may look up: the newest state of the cluster. What it gives is shared and not to be changed. */
public interface ClusterReader {
    Optional<KubeObject> find(GroupResource resource, String namespace, String name);

    /** In no order; an empty namespace gives cluster-scoped objects. */
    Collection<KubeObject> list(GroupResource resource, String namespace);

    /**
     * Those in all namespaces in which {@code values} finds {@code value}, in no order; found without looking at all of them.
     *
     * @param values the same object each time
     */
    Collection<KubeObject> list(GroupResource resource, Function<KubeObject, Collection<String>> values, String value);

    /** How a kind is served; empty where nobody serves it. */
    Optional<ServedKind> served(String apiVersion, String kind);

    /**
     * A kind that is served.
     *
     * @param namespaced whether its objects live in namespaces
     */
    record ServedKind(GroupResource resource, boolean namespaced) {}
}
