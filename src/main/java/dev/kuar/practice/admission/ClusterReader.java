package dev.kuar.practice.admission;

import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.Collection;
import java.util.Optional;

/** What admission may look up: the newest state of the cluster. What it gives is shared and not to be changed. */
public interface ClusterReader {
    Optional<KubeObject> find(GroupResource resource, String namespace, String name);

    /** In no order; an empty namespace gives cluster-scoped objects. */
    Collection<KubeObject> list(GroupResource resource, String namespace);
}
