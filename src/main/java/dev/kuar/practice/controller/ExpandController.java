package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;

/**
 * Says of claims that want more than their volume has that somebody else has to see to it: what Kubernetes itself can expand there is
 * no more. Models the expand controller of Kubernetes 1.36.
 */
final class ExpandController implements Reconciler {
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer claims;

    private ExpandController(ControllerContext context) {
        this.client = context.clientFor("expand-controller");
        this.events = context.events("volume_expand");
        this.claims = context.informer(Kinds.CLAIMS);
    }

    static void start(ControllerContext context) {
        ExpandController controller = new ExpandController(context);
        Loop loop = context.loop("persistentvolume-expander-controller", controller);
        context.listen(Kinds.CLAIMS, (old, now) -> {
            if (now != null && now.text("status", "phase").equals("Bound") && (old == null || grew(old, now))) {
                loop.add(Key.of(now));
            }
        });
    }

    private static boolean grew(KubeObject old, KubeObject now) {
        return asked(now).compareTo(asked(old)) > 0 || has(now).compareTo(has(old)) > 0;
    }

    private static Quantity asked(KubeObject claim) {
        return Quantity.of(claim.at("spec", "resources", "requests", "storage"));
    }

    private static Quantity has(KubeObject claim) {
        return Quantity.of(claim.at("status", "capacity", "storage"));
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject claim = claims.find(key.namespace(), key.name()).orElse(null);
        if (claim == null || asked(claim).compareTo(has(claim)) <= 0) {
            return Next.ON_CHANGE;
        }
        boolean bound = client.find(Kinds.VOLUMES, "", claim.text("spec", "volumeName"))
                .filter(volume -> volume.text("spec", "claimRef", "uid").equals(claim.uid()))
                .isPresent();
        if (bound) {
            events.normal(claim, "ExternalExpanding", "waiting for an external controller to expand this PVC");
        }
        return Next.ON_CHANGE;
    }
}
