package dev.kuar.practice.object;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which volume does for a claim; the scheduler and the volume controller ask alike. Models Kubernetes 1.36. */
public final class VolumeMatch {
    private VolumeMatch() {}

    /**
     * The smallest volume that does for a claim; one that is kept for the claim comes before all others. Null for none.
     *
     * @param node on which it has to be reachable; null where that does not matter
     * @param taken names of volumes that are given away already
     * @param waits whether only a volume that is kept for the claim may be taken, because a pod has to come first
     */
    public static @Nullable KubeObject find(
            KubeObject claim,
            Collection<KubeObject> volumes,
            @Nullable KubeObject node,
            Set<String> taken,
            boolean waits) {
        Quantity wanted = wanted(claim);
        LabelSelector selector = claim.at("spec", "selector") instanceof Map
                ? LabelSelector.ofObject(claim.map("spec", "selector"))
                : LabelSelector.EVERYTHING;
        KubeObject smallest = null;
        for (KubeObject volume : volumes) {
            boolean kept = volume.at("spec", "claimRef") instanceof Map;
            if (taken.contains(volume.name())
                    || (kept && !isFor(volume, claim))
                    || size(volume).compareTo(wanted) < 0
                    || !mode(volume).equals(mode(claim))
                    || !volume.text("spec", "volumeAttributesClassName")
                            .equals(claim.text("spec", "volumeAttributesClassName"))
                    || volume.isTerminating()) {
                continue;
            }
            boolean reachable = node == null || reaches(volume, node);
            if (kept) {
                return reachable ? volume : null;
            }
            boolean fits = reachable
                    && !waits
                    && volume.text("status", "phase").equals("Available")
                    && selector.matches(volume.labels())
                    && className(volume).equals(className(claim))
                    && volume.texts("spec", "accessModes").containsAll(claim.texts("spec", "accessModes"));
            if (fits && (smallest == null || isSmaller(volume, smallest))) {
                smallest = volume;
            }
        }
        return smallest;
    }

    private static boolean isSmaller(KubeObject volume, KubeObject than) {
        int modes = Integer.compare(
                volume.texts("spec", "accessModes").size(),
                than.texts("spec", "accessModes").size());
        int bytes = size(volume).compareTo(size(than));
        return modes != 0 ? modes < 0 : bytes != 0 ? bytes < 0 : volume.name().compareTo(than.name()) < 0;
    }

    /** How much a claim asks for. */
    public static Quantity wanted(KubeObject claim) {
        return Quantity.of(claim.at("spec", "resources", "requests", "storage"));
    }

    public static Quantity size(KubeObject volume) {
        return Quantity.of(volume.at("spec", "capacity", "storage"));
    }

    /** Whether the volume names the claim, and no older one of its name. */
    public static boolean isFor(KubeObject volume, KubeObject claim) {
        String uid = volume.text("spec", "claimRef", "uid");
        return volume.at("spec", "claimRef") instanceof Map
                && volume.text("spec", "claimRef", "name").equals(claim.name())
                && volume.text("spec", "claimRef", "namespace").equals(claim.namespace())
                && (uid.isEmpty() || uid.equals(claim.uid()));
    }

    /** {@code Filesystem} where nothing is said. */
    public static String mode(KubeObject object) {
        String mode = object.text("spec", "volumeMode");
        return mode.isEmpty() ? "Filesystem" : mode;
    }

    /** The class of a claim or a volume, an annotation of old before the field; empty for none. */
    public static String className(KubeObject object) {
        String old = object.annotations().get("volume.beta.kubernetes.io/storage-class");
        return old != null ? old : object.text("spec", "storageClassName");
    }

    /** Whether pods of the node can use the volume. */
    public static boolean reaches(KubeObject volume, KubeObject node) {
        return !(volume.at("spec", "nodeAffinity", "required") instanceof Map)
                || volume.maps("spec", "nodeAffinity", "required", "nodeSelectorTerms").stream()
                        .anyMatch(term -> NodeSelection.matchesTerm(KubeObject.of(term), node));
    }

    /** The reference to a claim that a volume is bound with. */
    public static Map<String, Object> reference(KubeObject claim) {
        Map<String, Object> reference = new java.util.LinkedHashMap<>();
        reference.put("apiVersion", "v1");
        reference.put("kind", "PersistentVolumeClaim");
        reference.put("name", claim.name());
        reference.put("namespace", claim.namespace());
        reference.put("resourceVersion", claim.resourceVersion());
        reference.put("uid", claim.uid());
        return reference;
    }
}
