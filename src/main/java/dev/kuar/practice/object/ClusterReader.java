package dev.kuar.practice.object;

import java.util.Collection;
import java.util.Optional;

/** What authorisation and admission may look up: the newest state of the cluster. What it gives is shared and not to be changed. */
public interface ClusterReader {
    Optional<KubeObject> find(GroupResource resource, String namespace, String name);

    /** In no order; an empty namespace gives cluster-scoped objects. */
    Collection<KubeObject> list(GroupResource resource, String namespace);
}
