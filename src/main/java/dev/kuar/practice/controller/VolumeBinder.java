package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import dev.kuar.practice.object.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Binds claims to volumes, asks provisioners for what is missing, and lets volumes go when their claims do.
 *
 * <p>Models the persistent volume controller of Kubernetes 1.36.
 */
final class VolumeBinder {
    static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
    static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
    static final String BETA_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final Duration RESYNC = Duration.ofSeconds(15);

    /** What was last said about a claim. */
    private record Said(String message, Instant at) {}

    private final ControllerContext context;
    private final Map<String, Said> said = new ConcurrentHashMap<>();
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer claims;
    private final Informer volumes;
    private final Informer classes;

    private VolumeBinder(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("persistent-volume-binder");
        this.events = context.events("persistentvolume-controller");
        this.claims = context.informer(Kinds.CLAIMS);
        this.volumes = context.informer(Kinds.VOLUMES);
        this.classes = context.informer(Kinds.STORAGE_CLASSES);
    }

    static void start(ControllerContext context) {
        VolumeBinder binder = new VolumeBinder(context);
        Loop claimLoop = context.loop("persistentvolume-binder", binder::claim);
        Loop volumeLoop = context.loop("persistentvolume-binder volumes", binder::volume);
        context.watch(Kinds.CLAIMS, claimLoop);
        context.watch(Kinds.VOLUMES, volumeLoop);
        context.watch(
                Kinds.CLAIMS,
                claim -> claim.text("spec", "volumeName").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Key("", claim.text("spec", "volumeName"))),
                volumeLoop);
        context.listen(Kinds.VOLUMES, (old, now) -> binder.claims.all().stream()
                .filter(claim -> !claim.text("status", "phase").equals("Bound"))
                .forEach(claim -> claimLoop.add(Key.of(claim))));
    }

    private Next claim(Key key) {
        KubeObject claim = claims.find(key.namespace(), key.name()).orElse(null);
        if (claim == null || claim.isTerminating()) {
            if (claim != null) {
                said.remove(claim.uid());
            }
            return Next.ON_CHANGE;
        }
        String wanted = claim.text("spec", "volumeName");
        if (!wanted.isEmpty()) {
            KubeObject volume = volumes.find("", wanted).orElse(null);
            boolean completed = claim.annotations().containsKey(BIND_COMPLETED);
            if (volume == null) {
                return completed ? lost(claim) : phase(claim, "Pending");
            }
            return isFreeFor(volume, claim) ? bind(claim, volume) : phase(claim, completed ? "Lost" : "Pending");
        }
        KubeObject volume = match(claim);
        if (volume != null) {
            return bind(claim, volume);
        }
        return provision(claim);
    }

    private Next provision(KubeObject claim) {
        KubeObject type =
                classes.find("", claim.text("spec", "storageClassName")).orElse(null);
        if (type == null) {
            if (claim.at("spec", "storageClassName") == null && adoptDefaultClass(claim)) {
                return Next.ON_CHANGE;
            }
            if (!claim.text("spec", "storageClassName").isEmpty()) {
                announce(
                        claim,
                        "Warning",
                        "ProvisioningFailed",
                        "storageclass.storage.k8s.io \"" + claim.text("spec", "storageClassName") + "\" not found");
            } else {
                announce(
                        claim,
                        "Normal",
                        "FailedBinding",
                        "no persistent volumes available for this claim and no storage class is set");
            }
            return pending(claim);
        }
        boolean waits = type.text("volumeBindingMode").equals("WaitForFirstConsumer");
        if (waits && !claim.annotations().containsKey(SELECTED_NODE)) {
            announce(
                    claim, "Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
            return pending(claim);
        }
        String provisioner = type.text("provisioner");
        if (!provisioner.equals(claim.annotations().get(PROVISIONER))) {
            KubeObject changed = claim.copy();
            changed.set(provisioner, "metadata", "annotations", BETA_PROVISIONER);
            changed.set(provisioner, "metadata", "annotations", PROVISIONER);
            client.update(Kinds.CLAIMS, changed);
            return Next.ON_CHANGE;
        }
        if (!provisioner.equals("kubernetes.io/no-provisioner")) {
            announce(
                    claim,
                    "Normal",
                    "ExternalProvisioning",
                    "Waiting for a volume to be created either by the external provisioner '" + provisioner
                            + "' or manually by the system administrator. If volume creation is delayed, please verify that"
                            + " the provisioner is running and correctly registered.");
        }
        return pending(claim);
    }

    /** A claim that waits is looked at, and said to wait, every fifteen seconds. */
    private Next pending(KubeObject claim) {
        phase(claim, "Pending");
        return Next.after(RESYNC);
    }

    private void announce(KubeObject claim, String type, String reason, String message) {
        Instant now = context.instant();
        Said before = said.get(claim.uid());
        if (before != null
                && before.message().equals(message)
                && now.isBefore(before.at().plus(RESYNC))) {
            return;
        }
        said.put(claim.uid(), new Said(message, now));
        if (type.equals("Warning")) {
            events.warning(claim, reason, message);
        } else {
            events.normal(claim, reason, message);
        }
    }

    /** A claim made before there was a default class gets it later. */
    private boolean adoptDefaultClass(KubeObject claim) {
        KubeObject preset = classes.all().stream()
                .filter(type -> "true".equals(type.annotations().get(DEFAULT_CLASS)))
                .max(Comparator.comparing(PodState::created).thenComparing(KubeObject::name))
                .orElse(null);
        if (preset == null) {
            return false;
        }
        KubeObject changed = claim.copy();
        changed.set(preset.name(), "spec", "storageClassName");
        client.update(Kinds.CLAIMS, changed);
        return true;
    }

    private static boolean isFreeFor(KubeObject volume, KubeObject claim) {
        if (!(volume.at("spec", "claimRef") instanceof Map)) {
            return true;
        }
        String uid = volume.text("spec", "claimRef", "uid");
        return volume.text("spec", "claimRef", "name").equals(claim.name())
                && volume.text("spec", "claimRef", "namespace").equals(claim.namespace())
                && (uid.isEmpty() || uid.equals(claim.uid()));
    }

    /** The smallest volume that will do; one that was made for the claim comes first. */
    private @org.jspecify.annotations.Nullable KubeObject match(KubeObject claim) {
        List<KubeObject> fitting = new ArrayList<>();
        Quantity wanted = Quantity.of(claim.at("spec", "resources", "requests", "storage"));
        LabelSelector selector = claim.at("spec", "selector") instanceof Map
                ? LabelSelector.ofObject(claim.map("spec", "selector"))
                : LabelSelector.EVERYTHING;
        boolean waits = classes.find("", claim.text("spec", "storageClassName"))
                        .filter(type -> type.text("volumeBindingMode").equals("WaitForFirstConsumer"))
                        .isPresent()
                && !claim.annotations().containsKey(SELECTED_NODE);
        for (KubeObject volume : volumes.all()) {
            boolean reserved = volume.at("spec", "claimRef") instanceof Map;
            if (volume.isTerminating() || !isFreeFor(volume, claim) || (waits && !reserved)) {
                continue;
            }
            if (reserved) {
                return volume;
            }
            boolean fits = Quantity.of(volume.at("spec", "capacity", "storage")).compareTo(wanted) >= 0
                    && volume.text("spec", "storageClassName").equals(claim.text("spec", "storageClassName"))
                    && volume.texts("spec", "accessModes").containsAll(claim.texts("spec", "accessModes"))
                    && mode(volume).equals(mode(claim))
                    && selector.matches(volume.labels());
            if (fits) {
                fitting.add(volume);
            }
        }
        return fitting.stream()
                .min(Comparator.comparing((KubeObject volume) -> Quantity.of(volume.at("spec", "capacity", "storage")))
                        .thenComparing(KubeObject::name))
                .orElse(null);
    }

    private static String mode(KubeObject object) {
        String mode = object.text("spec", "volumeMode");
        return mode.isEmpty() ? "Filesystem" : mode;
    }

    /** First the volume names the claim, then the claim the volume: so no two claims get the same. */
    private Next bind(KubeObject claim, KubeObject volume) {
        KubeObject bound = volume;
        if (!claim.uid().equals(volume.text("spec", "claimRef", "uid"))) {
            KubeObject changed = volume.copy();
            boolean ours = !(volume.at("spec", "claimRef") instanceof Map);
            changed.set(
                    Trees.map(
                            "apiVersion", "v1",
                            "kind", "PersistentVolumeClaim",
                            "name", claim.name(),
                            "namespace", claim.namespace(),
                            "resourceVersion", claim.resourceVersion(),
                            "uid", claim.uid()),
                    "spec",
                    "claimRef");
            if (ours) {
                changed.set("yes", "metadata", "annotations", BOUND_BY_CONTROLLER);
            }
            bound = client.update(Kinds.VOLUMES, changed);
        }
        bound = phaseOf(bound, "Bound");
        KubeObject done = claim;
        if (!claim.annotations().containsKey(BIND_COMPLETED)
                || claim.text("spec", "volumeName").isEmpty()) {
            KubeObject changed = claim.copy();
            if (claim.text("spec", "volumeName").isEmpty()) {
                changed.set("yes", "metadata", "annotations", BOUND_BY_CONTROLLER);
            }
            changed.set("yes", "metadata", "annotations", BIND_COMPLETED);
            changed.set(bound.name(), "spec", "volumeName");
            done = client.update(Kinds.CLAIMS, changed);
        }
        KubeObject status = done.copy();
        status.set(
                Trees.map(
                        "accessModes", bound.at("spec", "accessModes"),
                        "capacity", bound.at("spec", "capacity"),
                        "phase", "Bound"),
                "status");
        if (!status.equals(done)) {
            client.updateSubresource(Kinds.CLAIMS, "status", status);
        }
        return Next.ON_CHANGE;
    }

    private Next lost(KubeObject claim) {
        if (!claim.text("status", "phase").equals("Lost")) {
            events.warning(
                    claim, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        }
        return phase(claim, "Lost");
    }

    private Next phase(KubeObject claim, String phase) {
        if (!claim.text("status", "phase").equals(phase)) {
            KubeObject changed = claim.copy();
            changed.set(phase, "status", "phase");
            client.updateSubresource(Kinds.CLAIMS, "status", changed);
        }
        return Next.ON_CHANGE;
    }

    private KubeObject phaseOf(KubeObject volume, String phase) {
        if (volume.text("status", "phase").equals(phase)) {
            return volume;
        }
        KubeObject changed = volume.copy();
        changed.set(phase, "status", "phase");
        return client.updateSubresource(Kinds.VOLUMES, "status", changed);
    }

    private Next volume(Key key) {
        KubeObject volume = volumes.find("", key.name()).orElse(null);
        if (volume == null) {
            return Next.ON_CHANGE;
        }
        String uid = volume.text("spec", "claimRef", "uid");
        if (uid.isEmpty()) {
            phaseOf(volume, "Available");
            return Next.ON_CHANGE;
        }
        KubeObject claim = client.find(
                        Kinds.CLAIMS,
                        volume.text("spec", "claimRef", "namespace"),
                        volume.text("spec", "claimRef", "name"))
                .filter(object -> object.uid().equals(uid))
                .orElse(null);
        if (claim != null) {
            return Next.ON_CHANGE;
        }
        phaseOf(volume, "Released");
        return Next.ON_CHANGE;
    }
}
