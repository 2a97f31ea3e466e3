package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.VolumeMatch;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Volumes that other pods have already, and how many a node may have: VolumeRestrictions and NodeVolumeLimits of 1.36. */
final class VolumeConflicts {
    private final Volumes volumes;

    VolumeConflicts(Volumes volumes) {
        this.volumes = volumes;
    }

    /** The claims of a pod that only one pod in the cluster may use. */
    Set<String> exclusive(KubeObject pod) {
        Set<String> names = new HashSet<>();
        for (Volumes.Use use : Volumes.uses(pod)) {
            KubeObject claim = use.ephemeral() ? null : volumes.claim(pod, use);
            if (claim != null && claim.texts("spec", "accessModes").contains("ReadWriteOncePod")) {
                names.add(claim.name());
            }
        }
        return names;
    }

    /** Whether a pod on one of the nodes uses one of the claims. */
    static boolean inUse(KubeObject pod, Set<String> claims, List<NodeState> all) {
        return !claims.isEmpty()
                && all.stream()
                        .flatMap(node -> node.pods().stream())
                        .anyMatch(other -> other.namespace().equals(pod.namespace())
                                && Volumes.uses(other).stream()
                                        .anyMatch(use -> !use.ephemeral() && claims.contains(use.claim())));
    }

    @Nullable
    Verdict disk(KubeObject pod, NodeState node) {
        for (Map<String, Object> tree : pod.maps("spec", "volumes")) {
            KubeObject volume = KubeObject.of(tree);
            for (KubeObject other : isExclusive(volume) ? node.pods() : List.<KubeObject>of()) {
                if (other.maps("spec", "volumes").stream().anyMatch(mine -> conflict(volume, KubeObject.of(mine)))) {
                    return Verdict.resolvable(Plugin.VOLUME_RESTRICTIONS, "node(s) had no available disk");
                }
            }
        }
        return null;
    }

    private static boolean isExclusive(KubeObject volume) {
        return volume.at("gcePersistentDisk") != null
                || volume.at("awsElasticBlockStore") != null
                || volume.at("rbd") != null
                || volume.at("iscsi") != null;
    }

    private static boolean conflict(KubeObject a, KubeObject b) {
        return same(a, b, "awsElasticBlockStore", "volumeID", false)
                || same(a, b, "gcePersistentDisk", "pdName", true)
                || same(a, b, "iscsi", "iqn", true)
                || (same(a, b, "rbd", "image", true)
                        && pool(a).equals(pool(b))
                        && !Collections.disjoint(a.texts("rbd", "monitors"), b.texts("rbd", "monitors")));
    }

    private static String pool(KubeObject volume) {
        return volume.text("rbd", "pool");
    }

    private static boolean same(KubeObject a, KubeObject b, String kind, String id, boolean mayBothRead) {
        return a.at(kind) != null
                && b.at(kind) != null
                && a.text(kind, id).equals(b.text(kind, id))
                && !(mayBothRead && a.flag(kind, "readOnly") && b.flag(kind, "readOnly"));
    }

    @Nullable
    Verdict limits(KubeObject pod, NodeState node) {
        KubeObject drivers = Volumes.uses(pod).isEmpty()
                ? null
                : volumes.csiNodes.find("", node.name()).orElse(null);
        if (drivers == null) {
            return null;
        }
        Map<String, String> wanted = attached(pod);
        Map<String, Integer> counts = new HashMap<>();
        Map<String, String> here = new HashMap<>();
        if (!wanted.isEmpty()) {
            node.pods().forEach(other -> here.putAll(attached(other)));
        }
        here.forEach((handle, driver) -> counts.merge(driver, 1, Integer::sum));
        wanted.keySet().removeAll(here.keySet());
        wanted.forEach((handle, driver) -> counts.merge(driver, 1, Integer::sum));
        for (Map<String, Object> tree : drivers.maps("spec", "drivers")) {
            KubeObject driver = KubeObject.of(tree);
            String name = driver.text("name");
            if (wanted.containsValue(name)
                    && counts.getOrDefault(name, 0) > driver.number(Long.MAX_VALUE, "allocatable", "count")) {
                return Verdict.resolvable(Plugin.NODE_VOLUME_LIMITS, "node(s) exceed max volume count");
            }
        }
        return null;
    }

    /** Volumes of CSI drivers that a pod uses or is to get, each with its driver. */
    private Map<String, String> attached(KubeObject pod) {
        Map<String, String> attached = new HashMap<>();
        for (Volumes.Use use : Volumes.uses(pod)) {
            KubeObject claim = volumes.claim(pod, use);
            KubeObject volume = claim == null ? null : volumes.volumeOf(claim);
            if (volume != null && volume.at("spec", "csi") != null) {
                String driver = volume.text("spec", "csi", "driver");
                attached.put(driver + "/" + volume.text("spec", "csi", "volumeHandle"), driver);
            } else if (claim != null && volume == null) {
                volumes.classes
                        .find("", VolumeMatch.className(claim))
                        .ifPresent(type -> attached.put(
                                claim.namespace() + "/" + claim.name() + "-" + type.text("provisioner"),
                                type.text("provisioner")));
            }
        }
        return attached;
    }
}
