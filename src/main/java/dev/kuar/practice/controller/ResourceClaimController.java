package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the claims of devices that pods want from templates, and takes claims back from pods that are done: their reservation, then
 * the devices, then what was made for them. Models the resource claim controller of Kubernetes 1.36.
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
        ClaimUsers users = new ClaimUsers(controller.client, controller.pods, controller.claims);
        Loop podLoop = context.loop("resource-claim-controller", controller::pod);
        Loop claimLoop = context.loop("resource-claim-controller claims", users);
        context.watch(CLAIMS, claimLoop);
        context.listen(CLAIMS, (old, now) -> {
            KubeObject claim = now != null ? now : old;
            controller.pods.all().stream()
                    .filter(pod -> claim != null && PodClaims.uses(pod, claim))
                    .forEach(pod -> podLoop.add(Key.of(pod)));
        });
        context.listen(Kinds.PODS, (old, now) -> {
            KubeObject pod = now != null ? now : old;
            if (pod == null || PodClaims.isWithout(pod)) {
                return;
            }
            podLoop.add(Key.of(pod));
            if (now == null || PodClaims.isDone(now)) {
                PodClaims.names(pod).forEach(name -> claimLoop.add(new Key(pod.namespace(), name)));
            }
        });
        context.listen(TEMPLATES, (old, now) -> {
            KubeObject template = now;
            controller.pods.all().stream()
                    .filter(pod -> template != null && wants(pod, template))
                    .forEach(pod -> podLoop.add(Key.of(pod)));
        });
    }

    private static boolean wants(KubeObject pod, KubeObject template) {
        return pod.namespace().equals(template.namespace())
                && pod.maps("spec", "resourceClaims").stream()
                        .anyMatch(wish -> template.name().equals(wish.get("resourceClaimTemplateName")));
    }

    private Next pod(Key key) {
        KubeObject pod = pods.find(key.namespace(), key.name()).orElse(null);
        if (pod == null || pod.isTerminating()) {
            return Next.ON_CHANGE;
        }
        List<Object> made = new ArrayList<>();
        boolean fresh = false;
        for (Map<String, Object> tree : pod.maps("spec", "resourceClaims")) {
            KubeObject wish = KubeObject.of(tree);
            String template = wish.text("resourceClaimTemplateName");
            if (template.isEmpty() || PodState.isFinished(pod)) {
                continue;
            }
            Map<String, Object> known = PodClaims.status(pod, wish.text("name"));
            if (known != null && isGood(pod, known)) {
                made.add(known);
                continue;
            }
            KubeObject claim = made(pod, wish.text("name"));
            KubeObject source = templates.find(key.namespace(), template).orElse(null);
            String fault = "resource claim template \"" + template + "\": resourceclaimtemplate.resource.k8s.io \""
                    + template + "\" not found";
            if (claim == null && source != null) {
                try {
                    claim = client.create(CLAIMS, key.namespace(), claim(pod, wish.text("name"), source));
                } catch (ApiException e) {
                    fault = "create ResourceClaim : " + e.getMessage();
                }
            }
            if (claim == null) {
                String said = "PodResourceClaim " + wish.text("name") + ": " + fault;
                events.warning(pod, "FailedResourceClaimCreation", said);
                return Next.after(AGAIN);
            }
            made.add(Trees.map("name", wish.text("name"), "resourceClaimName", claim.name()));
            fresh = true;
        }
        if (fresh) {
            client.patch(
                    Kinds.PODS,
                    key.namespace(),
                    key.name(),
                    "status",
                    ApiClient.PatchType.STRATEGIC,
                    Trees.map("status", Trees.map("resourceClaimStatuses", made)));
        }
        if (!pod.text("spec", "nodeName").isEmpty()) {
            reserve(pod);
        }
        return Next.ON_CHANGE;
    }

    /** Whether the claim that the pod's status names is needed and the pod's, or not needed at all. */
    private boolean isGood(KubeObject pod, Map<String, Object> known) {
        return !(known.get("resourceClaimName") instanceof String name)
                || claims.find(pod.namespace(), name)
                        .filter(claim -> Owners.controls(pod, claim))
                        .isPresent();
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

    /** A pod that somebody else gave its node may use claims that have devices. */
    private void reserve(KubeObject pod) {
        for (String name : PodClaims.names(pod)) {
            KubeObject claim = claims.find(pod.namespace(), name).orElse(null);
            if (claim != null
                    && claim.at("status", "allocation") instanceof Map
                    && !PodClaims.isReserved(pod, claim)
                    && !PodState.isFinished(pod)) {
                KubeObject changed = claim.copy();
                List<Object> users = new ArrayList<>(changed.maps("status", "reservedFor"));
                users.add(Trees.map("resource", "pods", "name", pod.name(), "uid", pod.uid()));
                changed.set(users, "status", "reservedFor");
                client.updateSubresource(CLAIMS, "status", changed);
            }
        }
    }
}
