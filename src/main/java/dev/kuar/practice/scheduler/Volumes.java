package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.VolumeMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The storage that the scheduler reads: claims, volumes, classes, drivers on nodes. */
final class Volumes {
    static final GroupResource CLAIMS = GroupResource.core("persistentvolumeclaims");
    static final GroupResource VOLUMES = GroupResource.core("persistentvolumes");
    static final GroupResource CLASSES = GroupResource.of("storage.k8s.io", "storageclasses");
    static final GroupResource CSI_NODES = GroupResource.of("storage.k8s.io", "csinodes");
    static final GroupResource DRIVERS = GroupResource.of("storage.k8s.io", "csidrivers");
    static final GroupResource CAPACITIES = GroupResource.of("storage.k8s.io", "csistoragecapacities");
    static final String SELECTED = "volume.kubernetes.io/selected-node";

    private final Set<String> given = ConcurrentHashMap.newKeySet();

    final Informer claims;
    final Informer volumes;
    final Informer classes;
    final Informer csiNodes;
    final Informer drivers;
    final Informer capacities;

    Volumes(ApiClient client) {
        this.claims = client.informer(CLAIMS);
        this.volumes = client.informer(VOLUMES);
        this.classes = client.informer(CLASSES);
        this.csiNodes = client.informer(CSI_NODES);
        this.drivers = client.informer(DRIVERS);
        this.capacities = client.informer(CAPACITIES);
    }

    /** Volumes that were given to claims and that the API server has not been heard to say so of. */
    Set<String> given() {
        given.removeIf(name -> volumes.find("", name)
                .filter(volume -> !(volume.at("spec", "claimRef") instanceof Map))
                .isEmpty());
        return given;
    }

    void give(String volume) {
        given.add(volume);
    }

    void takeBack(String volume) {
        given.remove(volume);
    }

    /** The claim of one of a pod's volumes. */
    record Use(String claim, boolean ephemeral) {}

    static List<Use> uses(KubeObject pod) {
        List<Use> uses = new ArrayList<>();
        for (Map<String, Object> tree : pod.maps("spec", "volumes")) {
            KubeObject volume = KubeObject.of(tree);
            if (volume.at("persistentVolumeClaim") instanceof Map) {
                uses.add(new Use(volume.text("persistentVolumeClaim", "claimName"), false));
            } else if (volume.at("ephemeral") instanceof Map) {
                uses.add(new Use(pod.name() + "-" + volume.text("name"), true));
            }
        }
        return uses;
    }

    static boolean uses(KubeObject pod, KubeObject claim) {
        return pod.namespace().equals(claim.namespace())
                && uses(pod).stream().anyMatch(use -> use.claim().equals(claim.name()));
    }

    @Nullable
    KubeObject claim(KubeObject pod, Use use) {
        return claims.find(pod.namespace(), use.claim()).orElse(null);
    }

    @Nullable
    KubeObject volumeOf(KubeObject claim) {
        return volumes.find("", claim.text("spec", "volumeName")).orElse(null);
    }

    static boolean isBound(KubeObject claim) {
        return claim.annotations().containsKey("pv.kubernetes.io/bind-completed")
                && !claim.text("spec", "volumeName").isEmpty();
    }

    /** Whether the claim's class binds only once a pod has come. */
    boolean waits(KubeObject claim) {
        return classes.find("", VolumeMatch.className(claim))
                .filter(type -> type.text("volumeBindingMode").equals("WaitForFirstConsumer"))
                .isPresent();
    }
}
