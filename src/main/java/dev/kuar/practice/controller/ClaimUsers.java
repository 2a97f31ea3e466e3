package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes claims of devices back from pods that are done; the part of the resource claim controller that looks at claims. */
final class ClaimUsers implements Reconciler {
    private static final GroupResource CLAIMS = ResourceClaimController.CLAIMS;
    private static final String FINALIZER = "resource.kubernetes.io/delete-protection";

    private final ApiClient client;
    private final Informer pods;
    private final Informer claims;

    ClaimUsers(ApiClient client, Informer pods, Informer claims) {
        this.client = client;
        this.pods = pods;
        this.claims = claims;
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject claim = claims.find(key.namespace(), key.name()).orElse(null);
        if (claim == null) {
            return Next.ON_CHANGE;
        }
        List<Map<String, Object>> users = claim.maps("status", "reservedFor");
        List<Object> left = new ArrayList<>();
        for (Map<String, Object> user : users) {
            if (isKept(key.namespace(), KubeObject.of(user))) {
                left.add(user);
            }
        }
        boolean allocatedHere = claim.finalizers().contains(FINALIZER);
        if (left.size() < users.size()) {
            KubeObject changed = claim.copy();
            changed.set(left.isEmpty() ? null : left, "status", "reservedFor");
            if (left.isEmpty() && allocatedHere) {
                changed.set(null, "status", "allocation");
            }
            free(client.updateSubresource(CLAIMS, "status", changed));
        } else if (allocatedHere && claim.isTerminating() && left.isEmpty()) {
            KubeObject changed = claim.copy();
            if (claim.at("status", "allocation") != null) {
                changed.set(null, "status", "allocation");
                changed = client.updateSubresource(CLAIMS, "status", changed);
            }
            free(changed);
        }
        if (left.isEmpty()) {
            end(claim);
        }
        return Next.ON_CHANGE;
    }

    /** Lets a claim go that has no devices any more. */
    private void free(KubeObject claim) {
        List<String> finalizers = new ArrayList<>(claim.finalizers());
        if (claim.at("status", "allocation") == null && finalizers.remove(FINALIZER)) {
            KubeObject changed = claim.copy();
            changed.set(finalizers.isEmpty() ? null : finalizers, "metadata", "finalizers");
            client.update(CLAIMS, changed);
        }
    }

    /** Whether the user still has it; what is no pod is left alone. */
    private boolean isKept(String namespace, KubeObject user) {
        if (!user.text("apiGroup").isEmpty() || !user.text("resource").equals("pods")) {
            return true;
        }
        KubeObject pod = pods.find(namespace, user.text("name")).orElse(null);
        if (pod == null) {
            pod = client.find(Kinds.PODS, namespace, user.text("name")).orElse(null);
            return pod != null && pod.uid().equals(user.text("uid"));
        }
        return pod.uid().equals(user.text("uid")) && !PodClaims.isDone(pod);
    }

    /** One that was made for a pod goes when the pod is done. */
    private void end(KubeObject claim) {
        Map<String, Object> owner = Owners.controllerOf(claim)
                .filter(each -> "Pod".equals(each.get("kind")) && "v1".equals(each.get("apiVersion")))
                .orElse(Map.of());
        KubeObject pod = owner.isEmpty()
                ? null
                : pods.find(claim.namespace(), Trees.text(owner, "name")).orElse(null);
        if (pod == null || (pod.uid().equals(owner.get("uid")) && !PodClaims.isDone(pod))) {
            return;
        }
        try {
            client.delete(CLAIMS, claim.namespace(), claim.name(), ApiClient.DeleteOptions.ofUid(claim.uid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
