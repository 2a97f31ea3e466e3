package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.NodeSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims of a pod: bound ones tie it to nodes, those that wait for their first consumer are bound for the chosen node. */
final class Volumes {
    static final GroupResource CLAIMS = GroupResource.core("persistentvolumeclaims");
    static final GroupResource VOLUMES = GroupResource.core("persistentvolumes");
    static final GroupResource CLASSES = GroupResource.of("storage.k8s.io", "storageclasses");
    private static final String SELECTED = "volume.kubernetes.io/selected-node";

    private final ApiClient client;
    private final Informer claims;
    private final Informer volumes;
    private final Informer classes;

    Volumes(ApiClient client) {
        this.client = client;
        this.claims = client.informer(CLAIMS);
        this.volumes = client.informer(VOLUMES);
        this.classes = client.informer(CLASSES);
    }

    static List<String> claimNames(KubeObject pod) {
        List<String> names = new ArrayList<>();
        for (Map<String, Object> tree : pod.maps("spec", "volumes")) {
            KubeObject volume = KubeObject.of(tree);
            String claim = volume.text("persistentVolumeClaim", "claimName");
            if (!claim.isEmpty()) {
                names.add(claim);
            } else if (volume.at("ephemeral") instanceof Map) {
                names.add(pod.name() + "-" + volume.text("name"));
            }
        }
        return names;
    }

    /** What keeps the pod from every node; empty for nothing. */
    String problem(KubeObject pod) {
        for (String name : claimNames(pod)) {
            KubeObject claim = claims.find(pod.namespace(), name).orElse(null);
            if (claim == null) {
                return "persistentvolumeclaim \"" + name + "\" not found";
            }
            if (claim.isTerminating()) {
                return "persistentvolumeclaim \"" + name + "\" is being deleted";
            }
            if (claim.text("status", "phase").equals("Lost")) {
                return "persistentvolumeclaim \"" + name + "\" bound to non-existent persistentvolume \""
                        + claim.text("spec", "volumeName") + "\"";
            }
            if (!isBound(claim) && !waits(claim)) {
                return "pod has unbound immediate PersistentVolumeClaims";
            }
        }
        return "";
    }

    @Nullable
    Verdict check(KubeObject pod, KubeObject node) {
        for (String name : claimNames(pod)) {
            KubeObject claim = claims.find(pod.namespace(), name).orElse(null);
            if (claim == null) {
                continue;
            }
            KubeObject volume =
                    volumes.find("", claim.text("spec", "volumeName")).orElse(null);
            if (volume != null && !reaches(volume, node)) {
                return new Verdict("node(s) didn't match PersistentVolume's node affinity", false);
            }
            String chosen = claim.annotations().getOrDefault(SELECTED, "");
            if (volume == null && !chosen.isEmpty() && !chosen.equals(node.name())) {
                return new Verdict("node(s) didn't find available persistent volumes to bind", false);
            }
        }
        return null;
    }

    private static boolean reaches(KubeObject volume, KubeObject node) {
        List<Map<String, Object>> terms = volume.maps("spec", "nodeAffinity", "required", "nodeSelectorTerms");
        return terms.isEmpty() || terms.stream().anyMatch(term -> NodeSelection.matchesTerm(KubeObject.of(term), node));
    }

    private static boolean isBound(KubeObject claim) {
        return claim.annotations().containsKey("pv.kubernetes.io/bind-completed")
                && !claim.text("spec", "volumeName").isEmpty();
    }

    private boolean waits(KubeObject claim) {
        return classes.find("", claim.text("spec", "storageClassName"))
                .filter(type -> type.text("volumeBindingMode").equals("WaitForFirstConsumer"))
                .isPresent();
    }

    /** Asks for the claims that are not bound yet to be bound for {@code node}; true when none is open. */
    boolean select(KubeObject pod, String node) {
        boolean ready = true;
        for (String name : claimNames(pod)) {
            KubeObject claim = claims.find(pod.namespace(), name).orElse(null);
            if (claim == null || isBound(claim)) {
                continue;
            }
            ready = false;
            if (!node.equals(claim.annotations().get(SELECTED))) {
                KubeObject changed = claim.copy();
                changed.set(node, "metadata", "annotations", SELECTED);
                client.update(CLAIMS, changed);
            }
        }
        return ready;
    }
}
