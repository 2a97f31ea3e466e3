package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.VolumeMatch;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Binds claims to volumes, and asks provisioners for what is missing.
 *
 * <p>Models {@code syncClaim} of the persistent volume controller of Kubernetes 1.36; {@link VolumeReclaimer} looks after the
 * volumes. A claim that waits is looked at, and said to wait, every fifteen seconds.
 */
final class VolumeBinder {
    static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
    static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
    static final String BETA_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final Duration RESYNC = Duration.ofSeconds(15);

    private final ApiClient client;
    private final Announcements announcements;
    private final VolumePhases phases;
    private final Informer claims;
    private final Informer volumes;
    private final Informer classes;
    private final Informer pods;

    private VolumeBinder(ControllerContext context) {
        this.client = context.clientFor("persistent-volume-binder");
        this.announcements = new Announcements(context, context.events("persistentvolume-controller"), RESYNC);
        this.phases = new VolumePhases(client);
        this.claims = context.informer(Kinds.CLAIMS);
        this.volumes = context.informer(Kinds.VOLUMES);
        this.classes = context.informer(Kinds.STORAGE_CLASSES);
        this.pods = context.informer(Kinds.PODS);
    }

    static void start(ControllerContext context) {
        VolumeBinder binder = new VolumeBinder(context);
        Loop claimLoop = context.loop("persistentvolume-binder", binder::claim);
        Loop volumeLoop = VolumeReclaimer.start(context, binder.announcements, claimLoop);
        context.watch(Kinds.CLAIMS, claimLoop);
        context.watch(
                Kinds.CLAIMS,
                claim -> claim.text("spec", "volumeName").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Key("", claim.text("spec", "volumeName"))),
                volumeLoop);
        context.listen(Kinds.VOLUMES, (old, now) -> binder.claims.all().stream()
                .filter(claim -> !claim.text("status", "phase").equals("Bound")
                        || (now == null
                                && old != null
                                && claim.text("spec", "volumeName").equals(old.name())))
                .forEach(claim -> claimLoop.add(Key.of(claim))));
    }

    private Next claim(Key key) {
        KubeObject claim = claims.find(key.namespace(), key.name()).orElse(null);
        if (claim == null) {
            return Next.ON_CHANGE;
        }
        return claim.annotations().containsKey(BIND_COMPLETED) ? bound(claim) : unbound(claim);
    }

    /** One that has had a volume: it must still be there, and its own. */
    private Next bound(KubeObject claim) {
        String name = claim.text("spec", "volumeName");
        KubeObject volume = volumes.find("", name).orElse(null);
        if (name.isEmpty()) {
            return lost(
                    claim,
                    "ClaimLost",
                    "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
        }
        if (volume == null) {
            return lost(claim, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        }
        if (!(volume.at("spec", "claimRef") instanceof java.util.Map)
                || volume.text("spec", "claimRef", "uid").equals(claim.uid())) {
            return bind(claim, volume);
        }
        return lost(claim, "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
    }

    private Next lost(KubeObject claim, String reason, String message) {
        if (!claim.text("status", "phase").equals("Lost")) {
            phases.claim(claim, "Lost", null);
            announcements.warning(claim, reason, message);
        }
        return Next.ON_CHANGE;
    }

    private Next unbound(KubeObject claim) {
        String name = claim.text("spec", "volumeName");
        if (name.isEmpty()) {
            boolean waits = waits(claim);
            KubeObject volume = VolumeMatch.find(claim, volumes.all(), null, Set.of(), waits);
            return volume == null ? provision(claim, waits) : bind(claim, volume);
        }
        KubeObject volume = volumes.find("", name).orElse(null);
        if (volume == null) {
            return pending(claim);
        }
        boolean reserved = volume.at("spec", "claimRef") instanceof java.util.Map;
        if (reserved && VolumeMatch.isFor(volume, claim)) {
            return bind(claim, volume);
        }
        if (reserved) {
            announcements.warning(
                    claim, "FailedBinding", "volume \"" + name + "\" already bound to a different claim.");
            return pending(claim);
        }
        String mismatch = mismatch(volume, claim);
        if (!mismatch.isEmpty()) {
            announcements.warning(
                    claim, "VolumeMismatch", "Cannot bind to requested volume \"" + name + "\": " + mismatch);
            return pending(claim);
        }
        return bind(claim, volume);
    }

    private boolean waits(KubeObject claim) {
        return classes.find("", VolumeMatch.className(claim))
                .filter(type -> type.text("volumeBindingMode").equals("WaitForFirstConsumer"))
                .isPresent();
    }

    /** Why a volume that a claim names won't do; empty when it will. */
    private static String mismatch(KubeObject volume, KubeObject claim) {
        if (volume.isTerminating()) {
            return "the volume is marked for deletion \"" + volume.name() + "\"";
        }
        if (VolumeMatch.size(volume).compareTo(VolumeMatch.wanted(claim)) < 0) {
            return "requested PV is too small";
        }
        if (!VolumeMatch.className(volume).equals(VolumeMatch.className(claim))) {
            return "storageClassName does not match";
        }
        if (!volume.text("spec", "volumeAttributesClassName").equals(claim.text("spec", "volumeAttributesClassName"))) {
            return "volumeAttributesClassName does not match";
        }
        if (!VolumeMatch.mode(volume).equals(VolumeMatch.mode(claim))) {
            return "incompatible volumeMode";
        }
        return volume.texts("spec", "accessModes").containsAll(claim.texts("spec", "accessModes"))
                ? ""
                : "incompatible accessMode";
    }

    private Next provision(KubeObject claim, boolean waits) {
        if (claim.at("spec", "storageClassName") == null
                && VolumeMatch.className(claim).isEmpty()
                && adoptDefaultClass(claim)) {
            return Next.ON_CHANGE;
        }
        if (waits && !claim.annotations().containsKey(SELECTED_NODE)) {
            announceConsumer(claim);
            return pending(claim);
        }
        String className = VolumeMatch.className(claim);
        if (className.isEmpty()) {
            announcements.normal(
                    claim,
                    "FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set");
            return pending(claim);
        }
        KubeObject type = classes.find("", className).orElse(null);
        if (type == null) {
            announcements.warning(
                    claim, "ProvisioningFailed", "storageclass.storage.k8s.io \"" + className + "\" not found");
            return Next.after(RESYNC);
        }
        return ask(claim, type.text("provisioner"));
    }

    private void announceConsumer(KubeObject claim) {
        Set<String> names = new TreeSet<>();
        for (KubeObject pod : pods.inNamespace(claim.namespace())) {
            if (!PodState.isFinished(pod)
                    && pod.text("spec", "nodeName").isEmpty()
                    && ClaimUse.names(pod).contains(claim.name())) {
                names.add(pod.name());
            }
        }
        if (names.isEmpty()) {
            announcements.normal(
                    claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        } else {
            announcements.normal(
                    claim,
                    "WaitForPodScheduled",
                    "waiting for " + (names.size() > 1 ? "pods " : "pod ") + String.join(",", names)
                            + " to be scheduled");
        }
    }

    private Next ask(KubeObject claim, String provisioner) {
        if (provisioner.startsWith("kubernetes.io/")) {
            announcements.warning(claim, "ProvisioningFailed", "no volume plugin matched name: " + provisioner);
            return Next.after(RESYNC);
        }
        KubeObject asked = claim;
        if (!provisioner.equals(claim.annotations().get(PROVISIONER))) {
            KubeObject changed = claim.copy();
            changed.set(provisioner, "metadata", "annotations", BETA_PROVISIONER);
            changed.set(provisioner, "metadata", "annotations", PROVISIONER);
            asked = client.update(Kinds.CLAIMS, changed);
        }
        announcements.normal(
                asked,
                "ExternalProvisioning",
                "Waiting for a volume to be created either by the external provisioner '" + provisioner
                        + "' or manually by the system administrator. If volume creation is delayed, please verify that"
                        + " the provisioner is running and correctly registered.");
        return Next.after(RESYNC);
    }

    private Next pending(KubeObject claim) {
        phases.claim(claim, "Pending", null);
        return Next.after(RESYNC);
    }

    /** A claim made before there was a default class gets it later. */
    private boolean adoptDefaultClass(KubeObject claim) {
        KubeObject preset = classes.all().stream()
                .filter(type -> "true".equals(type.annotations().get(DEFAULT_CLASS)))
                .min(Comparator.comparing(PodState::created).reversed().thenComparing(KubeObject::name))
                .orElse(null);
        if (preset == null) {
            return false;
        }
        KubeObject changed = claim.copy();
        changed.set(preset.name(), "spec", "storageClassName");
        client.update(Kinds.CLAIMS, changed);
        return true;
    }

    /** First the volume names the claim, then the claim the volume: so no two claims get the same. */
    private Next bind(KubeObject claim, KubeObject volume) {
        KubeObject held = phases.volume(hold(volume, claim), "Bound", "");
        KubeObject done = claim;
        boolean chosen = !claim.text("spec", "volumeName").equals(held.name());
        if (chosen || !claim.annotations().containsKey(BIND_COMPLETED)) {
            KubeObject changed = claim.copy();
            if (chosen) {
                changed.set(held.name(), "spec", "volumeName");
                changed.set("yes", "metadata", "annotations", BOUND_BY_CONTROLLER);
            }
            changed.set("yes", "metadata", "annotations", BIND_COMPLETED);
            done = client.update(Kinds.CLAIMS, changed);
        }
        phases.claim(done, "Bound", held);
        return Next.ON_CHANGE;
    }

    private KubeObject hold(KubeObject volume, KubeObject claim) {
        KubeObject changed = volume.copy();
        if (!VolumeMatch.isFor(volume, claim)) {
            changed.set("yes", "metadata", "annotations", BOUND_BY_CONTROLLER);
        }
        if (!claim.uid().equals(volume.text("spec", "claimRef", "uid"))) {
            changed.set(VolumeMatch.reference(claim), "spec", "claimRef");
        }
        return changed.equals(volume) ? volume : client.update(Kinds.VOLUMES, changed);
    }

    static @Nullable KubeObject claimOf(Informer claims, KubeObject volume) {
        return claims.find(volume.text("spec", "claimRef", "namespace"), volume.text("spec", "claimRef", "name"))
                .filter(claim -> claim.uid().equals(volume.text("spec", "claimRef", "uid")))
                .orElse(null);
    }
}
