package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.Map;

/** Makes the claims of pods' ephemeral volumes, which their pods own. Models the ephemeral volume controller of Kubernetes 1.36. */
final class EphemeralVolumeController implements Reconciler {
    private static final String NAME = "ephemeral-volume-controller";
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final ApiClient client;
    private final EventRecorder events;
    private final Informer pods;
    private final Informer claims;

    private EphemeralVolumeController(ControllerContext context) {
        this.client = context.clientFor(NAME);
        this.events = context.events("ephemeral_volume");
        this.pods = context.informer(Kinds.PODS);
        this.claims = context.informer(Kinds.CLAIMS);
    }

    static void start(ControllerContext context) {
        EphemeralVolumeController controller = new EphemeralVolumeController(context);
        Loop loop = context.loop(NAME, controller);
        context.listen(Kinds.PODS, (old, now) -> {
            if (now != null && old == null && has(now)) {
                loop.add(Key.of(now));
            }
        });
        context.listen(Kinds.CLAIMS, (old, now) -> {
            if (now == null && old != null) {
                Owners.controllerKey(old, "Pod").ifPresent(loop::add);
            }
        });
    }

    private static boolean has(KubeObject pod) {
        return pod.maps("spec", "volumes").stream().anyMatch(volume -> volume.get("ephemeral") instanceof Map);
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject pod = pods.find(key.namespace(), key.name()).orElse(null);
        if (pod == null || pod.isTerminating()) {
            return Next.ON_CHANGE;
        }
        for (Map<String, Object> tree : pod.maps("spec", "volumes")) {
            KubeObject volume = KubeObject.of(tree);
            String fault = volume.at("ephemeral") instanceof Map ? make(pod, volume) : "";
            if (!fault.isEmpty()) {
                events.warning(pod, "FailedBinding", "ephemeral volume " + volume.text("name") + ": " + fault);
                return Next.after(AGAIN);
            }
        }
        return Next.ON_CHANGE;
    }

    /** Makes the claim of a volume; what is in the way, or nothing. */
    private String make(KubeObject pod, KubeObject volume) {
        String name = pod.name() + "-" + volume.text("name");
        KubeObject there = claims.find(pod.namespace(), name).orElse(null);
        if (there != null) {
            return Owners.controls(pod, there)
                    ? ""
                    : "PVC " + pod.namespace() + "/" + name + " was not created for pod " + pod.namespace() + "/"
                            + pod.name() + " (pod is not owner)";
        }
        KubeObject template = KubeObject.of(volume.map("ephemeral", "volumeClaimTemplate"));
        KubeObject claim = KubeObject.create("v1", "PersistentVolumeClaim", pod.namespace(), name);
        claim.set(Owners.references(pod), "metadata", "ownerReferences");
        claim.set(KubeObject.copyOrNull(template.at("metadata", "annotations")), "metadata", "annotations");
        claim.set(KubeObject.copyOrNull(template.at("metadata", "labels")), "metadata", "labels");
        claim.set(KubeObject.copyOrNull(template.at("spec")), "spec");
        try {
            client.create(Kinds.CLAIMS, pod.namespace(), claim);
            return "";
        } catch (ApiException e) {
            return "create PVC " + name + ": " + e.getMessage();
        }
    }
}
