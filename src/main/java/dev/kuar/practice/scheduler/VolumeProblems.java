package dev.kuar.practice.scheduler;

import dev.kuar.practice.object.KubeObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What about a pod's claims keeps it from every node, in the words of Kubernetes 1.36. */
final class VolumeProblems {
    private final Volumes volumes;

    VolumeProblems(Volumes volumes) {
        this.volumes = volumes;
    }

    @Nullable
    Verdict of(KubeObject pod) {
        Verdict verdict = null;
        for (Volumes.Use use : Volumes.uses(pod)) {
            if (!use.ephemeral() && volumes.claim(pod, use) == null) {
                return Verdict.unresolvable(Plugin.VOLUME_RESTRICTIONS, missing(use.claim()));
            }
        }
        for (Volumes.Use use : Volumes.uses(pod)) {
            String problem = problem(pod, use);
            if (!problem.isEmpty()) {
                return Verdict.unresolvable(Plugin.VOLUME_BINDING, problem);
            }
        }
        for (Volumes.Use use : Volumes.uses(pod)) {
            KubeObject claim = volumes.claim(pod, use);
            if (claim != null && !Volumes.isBound(claim) && !(volumes.waits(claim) && isFree(claim))) {
                return Verdict.unresolvable(Plugin.VOLUME_BINDING, "pod has unbound immediate PersistentVolumeClaims");
            }
        }
        for (Volumes.Use use : Volumes.uses(pod)) {
            KubeObject claim = use.ephemeral() ? null : volumes.claim(pod, use);
            if (claim != null && !isFree(claim) && volumes.volumeOf(claim) == null) {
                verdict = Verdict.unresolvable(
                        Plugin.VOLUME_ZONE, "persistentvolume \"" + claim.text("spec", "volumeName") + "\" not found");
            }
        }
        return verdict;
    }

    private static boolean isFree(KubeObject claim) {
        return claim.text("spec", "volumeName").isEmpty();
    }

    private static String missing(String claim) {
        return "persistentvolumeclaim \"" + claim + "\" not found";
    }

    private String problem(KubeObject pod, Volumes.Use use) {
        KubeObject claim = volumes.claim(pod, use);
        if (claim == null) {
            return "waiting for ephemeral volume controller to create the persistentvolumeclaim \"" + use.claim()
                    + "\"";
        }
        if (claim.text("status", "phase").equals("Lost")) {
            return "persistentvolumeclaim \"" + claim.name() + "\" bound to non-existent persistentvolume \""
                    + claim.text("spec", "volumeName") + "\"";
        }
        if (claim.isTerminating()) {
            return "persistentvolumeclaim \"" + claim.name() + "\" is being deleted";
        }
        if (use.ephemeral() && !isOf(claim, pod)) {
            return "PVC " + claim.namespace() + "/" + claim.name() + " was not created for pod " + pod.namespace() + "/"
                    + pod.name() + " (pod is not owner)";
        }
        return "";
    }

    private static boolean isOf(KubeObject claim, KubeObject pod) {
        for (Map<String, Object> owner : claim.ownerReferences()) {
            if (Boolean.TRUE.equals(owner.get("controller")) && pod.uid().equals(owner.get("uid"))) {
                return true;
            }
        }
        return false;
    }

    /** Zones and regions of old, written as labels on the volume, that the node is not in. */
    @Nullable
    Verdict zone(KubeObject pod, KubeObject node) {
        boolean labelled = Zones.KEYS.stream().anyMatch(node.labels()::containsKey);
        if (!labelled) {
            return null;
        }
        for (Volumes.Use use : Volumes.uses(pod)) {
            KubeObject claim = use.ephemeral() ? null : volumes.claim(pod, use);
            KubeObject volume = claim == null || isFree(claim) ? null : volumes.volumeOf(claim);
            if (volume != null && !Zones.allow(volume, node)) {
                return Verdict.unresolvable(Plugin.VOLUME_ZONE, "node(s) had no available volume zone");
            }
        }
        return null;
    }
}
