package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A local, always synced view of all objects of one kind; as client-go's shared informer and its lister.
 *
 * <p>Thread-safe. What one reads is shared and never changes under one's hands.
 */
public interface Informer {
    /** A snapshot in no order. */
    Collection<KubeObject> all();

    /** A snapshot in no order; an empty namespace gives the cluster-scoped ones. */
    Collection<KubeObject> inNamespace(String namespace);

    /** Of a namespace, what an owner of this uid controls and what nobody controls; perhaps others too. A snapshot in no order. */
    default Collection<KubeObject> claimable(String namespace, String uid) {
        return inNamespace(namespace);
    }

    /** Of a namespace, what has these labels; perhaps others too. A snapshot in no order. */
    default Collection<KubeObject> labelled(String namespace, Map<String, String> labels) {
        return inNamespace(namespace);
    }

    Optional<KubeObject> find(String namespace, String name);

    /**
     * Tells of every object there is, as added, and from then on of every change, in revision order.
     * Listeners are called on the dispatch thread: enqueue, do not work.
     */
    AutoCloseable onChange(Listener listener);

    /** Hears of changes. */
    @FunctionalInterface
    interface Listener {
        /** {@code old} is null when added, {@code now} is null when removed; never both. */
        void changed(@Nullable KubeObject old, @Nullable KubeObject now);
    }
}
