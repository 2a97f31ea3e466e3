package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.VolumeMatch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says of each volume whether it is free, bound or left behind, and deletes what is left behind where that is asked for.
 *
 * <p>Models {@code syncVolume} of the persistent volume controller of Kubernetes 1.36, whose own plugins can delete and recycle
 * directories of a host; recycling is not simulated, such a volume stays Released.
 */
final class VolumeReclaimer {
    private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

    /** What the controller's own plugins know, by the field of the volume's spec. */
    private static final List<String> KNOWN = List.of("hostPath", "nfs");

    private final ApiClient client;
    private final Announcements announcements;
    private final VolumePhases phases;
    private final Informer volumes;
    private final Loop claimLoop;

    private VolumeReclaimer(ControllerContext context, Announcements announcements, Loop claimLoop) {
        this.client = context.clientFor("persistent-volume-binder");
        this.announcements = announcements;
        this.phases = new VolumePhases(client);
        this.volumes = context.informer(Kinds.VOLUMES);
        this.claimLoop = claimLoop;
    }

    static Loop start(ControllerContext context, Announcements announcements, Loop claimLoop) {
        VolumeReclaimer reclaimer = new VolumeReclaimer(context, announcements, claimLoop);
        Loop loop = context.loop("persistentvolume-binder volumes", reclaimer::volume);
        context.watch(Kinds.VOLUMES, loop);
        return loop;
    }

    private Next volume(Key key) {
        KubeObject volume = volumes.find("", key.name()).orElse(null);
        if (volume == null) {
            return Next.ON_CHANGE;
        }
        String uid = volume.text("spec", "claimRef", "uid");
        if (uid.isEmpty()) {
            phases.volume(volume, "Available", "");
            return Next.ON_CHANGE;
        }
        KubeObject claim = client.find(
                        Kinds.CLAIMS,
                        volume.text("spec", "claimRef", "namespace"),
                        volume.text("spec", "claimRef", "name"))
                .filter(object -> object.uid().equals(uid))
                .orElse(null);
        if (claim == null) {
            reclaim(release(volume));
        } else if (claim.text("spec", "volumeName").isEmpty()) {
            toBeBound(volume, claim);
        } else if (claim.text("spec", "volumeName").equals(volume.name())) {
            phases.volume(volume, "Bound", "");
        } else if (volume.annotations().containsKey(PROVISIONED_BY)
                && volume.text("spec", "persistentVolumeReclaimPolicy").equals("Delete")) {
            reclaim(release(volume));
        } else {
            unbind(volume);
        }
        return Next.ON_CHANGE;
    }

    private void toBeBound(KubeObject volume, KubeObject claim) {
        if (VolumeMatch.mode(volume).equals(VolumeMatch.mode(claim))) {
            claimLoop.add(Key.of(claim));
            return;
        }
        announcements.warning(
                volume,
                "VolumeMismatch",
                "Cannot bind PersistentVolume to requested PersistentVolumeClaim \"" + claim.name()
                        + "\" due to incompatible volumeMode.");
        announcements.warning(
                claim,
                "VolumeMismatch",
                "Cannot bind PersistentVolume \"" + volume.name()
                        + "\" to requested PersistentVolumeClaim due to incompatible volumeMode.");
    }

    private KubeObject release(KubeObject volume) {
        return volume.text("status", "phase").equals("Failed") ? volume : phases.volume(volume, "Released", "");
    }

    /** The claim went for another volume: this one is free again, or kept for the claim that somebody wrote into it. */
    private void unbind(KubeObject volume) {
        KubeObject changed = volume.copy();
        if (volume.annotations().containsKey(VolumeBinder.BOUND_BY_CONTROLLER)) {
            changed.set(null, "spec", "claimRef");
            changed.set(null, "metadata", "annotations", VolumeBinder.BOUND_BY_CONTROLLER);
            if (changed.annotations().isEmpty()) {
                changed.set(null, "metadata", "annotations");
            }
        } else {
            changed.set(null, "spec", "claimRef", "uid");
        }
        phases.volume(client.update(Kinds.VOLUMES, changed), "Available", "");
    }

    private void reclaim(KubeObject volume) {
        String policy = volume.text("spec", "persistentVolumeReclaimPolicy");
        if (!policy.equals("Delete")) {
            return;
        }
        String maker = volume.annotations().getOrDefault(PROVISIONED_BY, "");
        if (!maker.isEmpty() && !maker.startsWith("kubernetes.io/")) {
            return;
        }
        if (volume.at("spec", "csi") != null && maker.isEmpty()) {
            return;
        }
        String fault = fault(volume, maker);
        if (fault.isEmpty()) {
            client.delete(Kinds.VOLUMES, "", volume.name(), ApiClient.DeleteOptions.ofUid(volume.uid()));
        } else if (!volume.text("status", "phase").equals("Failed")) {
            announcements.warning(phases.volume(volume, "Failed", fault), "VolumeFailedDelete", fault);
        }
    }

    private static String fault(KubeObject volume, String maker) {
        if (!maker.isEmpty()) {
            return "no volume plugin matched name: " + maker;
        }
        String kind = kind(volume);
        if (kind == null) {
            return "error getting deleter volume plugin for volume \"" + volume.name() + "\": no volume plugin matched";
        }
        if (!kind.equals("hostPath")) {
            return "error getting deleter volume plugin for volume \"" + volume.name()
                    + "\": no deletable volume plugin matched";
        }
        String path = volume.text("spec", "hostPath", "path");
        int at = path.indexOf("/tmp/");
        return at >= 0 && path.length() > at + "/tmp/".length()
                ? ""
                : "host_path deleter only supports /tmp/.+ but received provided " + path;
    }

    private static @Nullable String kind(KubeObject volume) {
        return KNOWN.stream()
                .filter(field -> volume.at("spec", field) instanceof Map)
                .findFirst()
                .orElse(null);
    }
}
