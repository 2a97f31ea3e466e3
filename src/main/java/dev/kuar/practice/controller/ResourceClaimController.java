package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the claims of devices that pods want from templates, and deletes them when the pods are done. Models the resource claim
 * controller of Kubernetes 1.36; nobody reserves claims here, as no driver offers devices.
 */
final class ResourceClaimController {
    static final GroupResource CLAIMS = GroupResource.of("resource.k8s.io", "resourceclaims");
    static final GroupResource TEMPLATES = GroupResource.of("resource.k8s.io", "resourceclaimtemplates");
    private static final String POD_CLAIM = "resource.kubernetes.io/pod-claim-name";
    private static final int LONGEST = 57;
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final ApiClient client;
    private final EventRecorder events;
    private final Informer pods;
    private final Informer claims;
    private final Informer templates;

    private ResourceClaimController(ControllerContext context) {
        this.client = context.clientFor("resource-claim-controller");
        this.events = context.events("resource_claim");
        this.pods = context.informer(Kinds.PODS);
        this.claims = context.informer(CLAIMS);
        this.templates = context.informer(TEMPLATES);
    }

    static void start(ControllerContext context) {
        ResourceClaimController controller = new ResourceClaimController(context);
        Loop podLoop = context.loop("resource-claim-controller", controller::pod);
        Loop claimLoop = context.loop("resource-claim-controller claims", controller::claim);
        context.watch(CLAIMS, claimLoop);
        context.listen(Kinds.PODS, (old, now) -> {
            KubeObject pod = now != null ? now : old;
            if (pod == null || pod.maps("spec", "resourceClaims").isEmpty()) {
                return;
            }
            podLoop.add(Key.of(pod));
            if (now == null || PodState.isFinished(now)) {
                pod.maps("status", "resourceClaimStatuses")
                        .forEach(made -> claimLoop.add(
                                new Key(pod.namespace(), KubeObject.of(made).text("resourceClaimName"))));
            }
        });
        context.listen(TEMPLATES, (old, now) -> {
            if (old == null) {
                controller.pods.all().stream()
                        .filter(pod -> !pod.maps("spec", "resourceClaims").isEmpty())
                        .forEach(pod -> podLoop.add(Key.of(pod)));
            }
        });
    }

    private Next pod(Key key) {
        KubeObject pod = pods.find(key.namespace(), key.name()).orElse(null);
        if (pod == null || pod.isTerminating()) {
            return Next.ON_CHANGE;
        }
        List<Object> made = new ArrayList<>(pod.maps("status", "resourceClaimStatuses"));
        int before = made.size();
        for (Map<String, Object> tree : pod.maps("spec", "resourceClaims")) {
            KubeObject wish = KubeObject.of(tree);
            String template = wish.text("resourceClaimTemplateName");
            if (template.isEmpty() || isMade(pod, wish.text("name"))) {
                continue;
            }
            KubeObject source = templates.find(key.namespace(), template).orElse(null);
            KubeObject claim = made(pod, wish.text("name"));
            if (claim == null && source == null) {
                events.warning(
                        pod,
                        "FailedResourceClaimCreation",
                        "PodResourceClaim " + wish.text("name") + ": resource claim template \"" + template
                                + "\": resourceclaimtemplate.resource.k8s.io \"" + template + "\" not found");
                return Next.after(AGAIN);
            }
            if (claim == null && source != null) {
                claim = client.create(CLAIMS, key.namespace(), claim(pod, wish.text("name"), source));
            }
            if (claim != null) {
                made.add(Trees.map("name", wish.text("name"), "resourceClaimName", claim.name()));
            }
        }
        if (made.size() > before) {
            client.patch(
                    Kinds.PODS,
                    key.namespace(),
                    key.name(),
                    "status",
                    ApiClient.PatchType.STRATEGIC,
                    Trees.map("status", Trees.map("resourceClaimStatuses", made)));
        }
        return Next.ON_CHANGE;
    }

    private static boolean isMade(KubeObject pod, String wish) {
        return pod.maps("status", "resourceClaimStatuses").stream().anyMatch(made -> wish.equals(made.get("name")));
    }

    /** One that was made, though the pod does not say so yet. */
    private @Nullable KubeObject made(KubeObject pod, String wish) {
        return claims.inNamespace(pod.namespace()).stream()
                .filter(claim -> Owners.controls(pod, claim)
                        && wish.equals(claim.annotations().get(POD_CLAIM)))
                .findFirst()
                .orElse(null);
    }

    private static KubeObject claim(KubeObject pod, String wish, KubeObject template) {
        KubeObject claim = KubeObject.create("resource.k8s.io/v1", "ResourceClaim", pod.namespace(), "");
        claim.set(null, "metadata", "name");
        claim.set(prefix(pod.name(), wish), "metadata", "generateName");
        Map<String, Object> owner = Owners.reference(pod);
        owner.remove("blockOwnerDeletion");
        claim.set(Trees.list(owner), "metadata", "ownerReferences");
        Map<String, Object> annotations = new LinkedHashMap<>(template.map("spec", "metadata", "annotations"));
        annotations.put(POD_CLAIM, wish);
        claim.set(annotations, "metadata", "annotations");
        claim.set(KubeObject.copyOrNull(template.at("spec", "metadata", "labels")), "metadata", "labels");
        claim.set(KubeObject.copyOrNull(template.at("spec", "spec")), "spec");
        return claim;
    }

    private static String prefix(String pod, String wish) {
        String whole = pod + "-" + wish + "-";
        if (whole.length() <= LONGEST) {
            return whole;
        }
        return pod.substring(0, pod.length() * LONGEST / whole.length()) + "-"
                + wish.substring(0, wish.length() * LONGEST / whole.length());
    }

    /** One that was made for a pod goes when the pod is done. */
    private Next claim(Key key) {
        KubeObject claim = claims.find(key.namespace(), key.name()).orElse(null);
        if (claim == null || claim.isTerminating() || !claim.annotations().containsKey(POD_CLAIM)) {
            return Next.ON_CHANGE;
        }
        Optional<Key> owner = Owners.controllerKey(claim, "Pod");
        KubeObject pod =
                owner.flatMap(each -> pods.find(each.namespace(), each.name())).orElse(null);
        if (pod != null && (!Owners.controls(pod, claim) || PodState.isFinished(pod))) {
            client.delete(CLAIMS, key.namespace(), key.name(), ApiClient.DeleteOptions.ofUid(claim.uid()));
        }
        return Next.ON_CHANGE;
    }
}
