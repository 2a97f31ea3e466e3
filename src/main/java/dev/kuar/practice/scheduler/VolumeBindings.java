package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.VolumeMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pods that have their node and wait until their claims have volumes there; the part of VolumeBinding of Kubernetes 1.36 that
 * runs before a pod is bound. Of one thread.
 */
final class VolumeBindings {
    /** How long a pod waits for its volumes. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private final ApiClient client;
    private final Volumes volumes;
    private final Map<String, Open> open = new LinkedHashMap<>();

    VolumeBindings(ApiClient client, Volumes volumes) {
        this.client = client;
        this.volumes = volumes;
    }

    /**
     * A pod that waits.
     *
     * @param bound claims that were given a volume
     * @param asked claims that a volume was asked for, as they were written
     */
    record Open(KubeObject pod, KubeObject node, List<KubeObject> bound, List<KubeObject> asked, Instant until) {}

    /**
     * How it stands with one.
     *
     * @param done whether all its claims are bound
     * @param fault why they never will be; empty while there is hope
     */
    record State(boolean done, String fault) {}

    /** Gives claims their volumes, or asks for ones. The pod then waits here. */
    Open begin(KubeObject pod, KubeObject node, VolumePlan plan, Instant now) {
        for (VolumePlan.Binding binding : plan.bindings()) {
            KubeObject volume = binding.volume().copy();
            if (!binding.claim().uid().equals(volume.text("spec", "claimRef", "uid"))) {
                boolean ours = !VolumeMatch.isFor(volume, binding.claim());
                volume.set(VolumeMatch.reference(binding.claim()), "spec", "claimRef");
                if (ours) {
                    volume.set("yes", "metadata", "annotations", "pv.kubernetes.io/bound-by-controller");
                }
                client.update(Volumes.VOLUMES, volume);
            }
            volumes.give(volume.name());
        }
        List<KubeObject> asked = new ArrayList<>();
        for (KubeObject claim : plan.provisions()) {
            KubeObject changed = claim.copy();
            changed.set(node.name(), "metadata", "annotations", Volumes.SELECTED);
            asked.add(changed.equals(claim) ? claim : client.update(Volumes.CLAIMS, changed));
        }
        List<KubeObject> bound =
                plan.bindings().stream().map(VolumePlan.Binding::claim).toList();
        Open waiting = new Open(pod, node, bound, asked, now.plus(LONGEST));
        open.put(pod.uid(), waiting);
        return waiting;
    }

    Collection<Open> all() {
        return new ArrayList<>(open.values());
    }

    @Nullable
    Open end(KubeObject pod) {
        return open.remove(pod.uid());
    }

    State state(Open waiting, Instant now) {
        List<KubeObject> claims = new ArrayList<>(waiting.bound());
        claims.addAll(waiting.asked());
        boolean done = true;
        for (KubeObject claim : claims) {
            KubeObject current =
                    volumes.claims.find(claim.namespace(), claim.name()).orElse(null);
            if (current == null) {
                return new State(
                        false,
                        "failed to check provisioning pvc: could not find object \"" + claim.namespace() + "/"
                                + claim.name() + "\"");
            }
            KubeObject volume = volumes.volumeOf(current);
            if (volume != null && !VolumeMatch.reaches(volume, waiting.node())) {
                return new State(
                        false,
                        "pv \"" + volume.name() + "\" node affinity doesn't match node \""
                                + waiting.node().name() + "\": no matching NodeSelectorTerms");
            }
            if (isGivenUp(claim, current, waiting.node())) {
                return new State(false, "provisioning failed for PVC \"" + claim.name() + "\"");
            }
            done &= Volumes.isBound(current);
        }
        return new State(done, !done && !now.isBefore(waiting.until()) ? "context deadline exceeded" : "");
    }

    /** Whether the choice of the node was taken back, as a provisioner does that can't make a volume there. */
    private static boolean isGivenUp(KubeObject asked, KubeObject now, KubeObject node) {
        return asked.annotations().containsKey(Volumes.SELECTED)
                && !Volumes.isBound(now)
                && Long.parseLong(now.resourceVersion()) >= Long.parseLong(asked.resourceVersion())
                && !node.name().equals(now.annotations().get(Volumes.SELECTED));
    }
}
