package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.Map;
import java.util.Optional;

/**
 * What a pod as a whole may use of a resource. Models {@code PodLimits} of Kubernetes 1.36: containers and sidecars add up, an init
 * container counts where it may use more than all that.
 */
final class PodLimit {
    private PodLimit() {}

    /** Empty where no container has a limit; those without one count for nothing. */
    static Optional<Quantity> of(KubeObject pod, String resource) {
        Quantity sum = null;
        Quantity sidecars = Quantity.ZERO;
        Quantity most = null;
        for (Map<String, Object> entry : pod.maps("spec", "containers")) {
            Object limit = KubeObject.of(entry).at("resources", "limits", resource);
            if (limit != null) {
                sum = (sum == null ? Quantity.ZERO : sum).plus(Quantity.of(limit));
            }
        }
        for (Map<String, Object> entry : pod.maps("spec", "initContainers")) {
            KubeObject init = KubeObject.of(entry);
            Object limit = init.at("resources", "limits", resource);
            if (limit == null) {
                continue;
            }
            if (init.text("restartPolicy").equals("Always")) {
                sum = (sum == null ? Quantity.ZERO : sum).plus(Quantity.of(limit));
                sidecars = sidecars.plus(Quantity.of(limit));
                most = most == null || most.compareTo(sidecars) < 0 ? sidecars : most;
            } else {
                Quantity with = sidecars.plus(Quantity.of(limit));
                most = most == null || most.compareTo(with) < 0 ? with : most;
            }
        }
        return Optional.ofNullable(most != null && (sum == null || sum.compareTo(most) < 0) ? most : sum);
    }
}
