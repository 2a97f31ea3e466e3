package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;

/** Holds claims while pods use them, and volumes while claims are bound to them, by a finalizer each. */
final class VolumeProtection {
    private static final String CLAIM = "kubernetes.io/pvc-protection";
    private static final String VOLUME = "kubernetes.io/pv-protection";

    private final ApiClient client;
    private final Informer claims;
    private final Informer volumes;
    private final Informer pods;

    private VolumeProtection(ControllerContext context) {
        this.client = context.clientFor("pvc-protection-controller");
        this.claims = context.informer(Kinds.CLAIMS);
        this.volumes = context.informer(Kinds.VOLUMES);
        this.pods = context.informer(Kinds.PODS);
    }

    static void start(ControllerContext context) {
        VolumeProtection protection = new VolumeProtection(context);
        Loop claimLoop = context.loop("pvc-protection-controller", protection::claim);
        Loop volumeLoop = context.loop("pv-protection-controller", protection::volume);
        context.watch(Kinds.CLAIMS, claimLoop);
        context.watch(Kinds.VOLUMES, volumeLoop);
        context.listen(Kinds.PODS, (old, now) -> {
            KubeObject pod = now != null ? now : old;
            if (pod != null && (now == null || PodState.isFinished(now))) {
                ClaimUse.names(pod).forEach(name -> claimLoop.add(new Key(pod.namespace(), name)));
            }
        });
    }

    private Next claim(Key key) {
        claims.find(key.namespace(), key.name()).ifPresent(claim -> {
            boolean inUse = pods.inNamespace(key.namespace()).stream()
                    .anyMatch(pod -> !pod.text("spec", "nodeName").isEmpty() && uses(pod, claim));
            hold(Kinds.CLAIMS, claim, CLAIM, inUse);
        });
        return Next.ON_CHANGE;
    }

    /** A pod that has finished uses its claims too; one that is over no longer uses those that were made for it. */
    private static boolean uses(KubeObject pod, KubeObject claim) {
        boolean over = pod.isTerminating() && pod.number(-1, "metadata", "deletionGracePeriodSeconds") == 0;
        return (!over || !Owners.controls(pod, claim)) && ClaimUse.names(pod).contains(claim.name());
    }

    private Next volume(Key key) {
        volumes.find("", key.name())
                .ifPresent(volume -> hold(
                        Kinds.VOLUMES,
                        volume,
                        VOLUME,
                        volume.text("status", "phase").equals("Bound")));
        return Next.ON_CHANGE;
    }

    private void hold(GroupResource resource, KubeObject object, String finalizer, boolean inUse) {
        boolean held = object.finalizers().contains(finalizer);
        List<Object> finalizers = new ArrayList<>(object.finalizers());
        if (!object.isTerminating() && !held) {
            finalizers.add(finalizer);
        } else if (object.isTerminating() && held && !inUse) {
            finalizers.remove(finalizer);
        } else {
            return;
        }
        KubeObject changed = object.copy();
        changed.set(finalizers.isEmpty() ? null : finalizers, "metadata", "finalizers");
        client.update(resource, changed);
    }
}
