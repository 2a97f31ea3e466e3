package dev.kuar.tutor;

import dev.kuar.kube.ClusterView;
import dev.kuar.lesson.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step can reach of the world around it; everything is read when asked. */
public interface Surroundings {
    /** The cluster that the kubeconfig's current context means; empty when there is none. */
    Optional<Current> current();

    /** What the providers list: {@code name provider status context nodes}. */
    List<Map<String, Object>> clusters();

    /** The learner's kubeconfig without secrets: {@code contexts}, {@code clusters}, {@code current}. */
    Map<String, Object> kubeconfig();

    /**
     * Makes the objects of a manifest in a namespace, or brings them into its form; doing it twice does no harm.
     *
     * @param labels added to each
     */
    void apply(String manifest, String namespace, Map<String, String> labels);

    /** Deletes an object of the current cluster if it still is the one with this uid. */
    void delete(Change.Target target, String uid);

    /**
     * Brings the add-ons of the current cluster back where it is one of practice; returns what was missing, as
     * {@code kind namespace/name}.
     */
    default List<String> restore() {
        return List.of();
    }

    /** The current cluster; its view belongs to these surroundings and isn't closed by who asks. */
    record Current(String provider, String name, boolean practice, ClusterView view) {}
}
