package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.Map;
import java.util.Optional;

/**
 * Ends pods that take more of their node's disk than they may, as {@code localStorageEviction} of the kubelet of
 * Kubernetes 1.36, which looks at directories first, then at the pod, then at its containers.
 */
final class StorageEviction {
    private static final String STORAGE = "ephemeral-storage";

    private StorageEviction() {}

    /** Ends a pod that takes too much; whether it does. */
    static boolean look(PodWorker worker) {
        return !worker.isCritical()
                && reason(worker)
                        .filter(why -> worker.condemn(new Verdict("Evicted", why, ""), PodEnd.EVICTED_GRACE))
                        .isPresent();
    }

    private static Optional<String> reason(PodWorker worker) {
        KubeObject pod = worker.pod();
        StorageUse use = new StorageUse(worker);
        for (Map<String, Object> entry : pod.maps("spec", "volumes")) {
            KubeObject volume = KubeObject.of(entry);
            Quantity limit = Quantity.of(volume.at("emptyDir", "sizeLimit"));
            if (limit.units() > 0 && use.volume(volume.text("name")) > limit.units()) {
                return Optional.of("Usage of EmptyDir volume \"" + volume.text("name") + "\" exceeds the limit \""
                        + limit + "\". ");
            }
        }
        Optional<Quantity> total = PodLimit.of(pod, STORAGE);
        if (total.isPresent() && use.all() > total.get().units()) {
            return Optional.of(
                    "Pod ephemeral local storage usage exceeds the total limit of containers " + total.get() + ". ");
        }
        for (ContainerRecord record : worker.records()) {
            Quantity limit = Quantity.of(record.spec().at("resources", "limits", STORAGE));
            boolean main = record.kind() == ContainerRecord.Kind.MAIN;
            if (main && limit.units() > 0 && use.files(record) + use.log(record) > limit.units()) {
                return Optional.of("Container " + record.name() + " exceeded its local ephemeral storage limit \""
                        + limit + "\". ");
            }
        }
        return Optional.empty();
    }
}
