package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Who owns the claims of a StatefulSet, so that they go with it, or with a pod that is scaled away, where
 * {@code persistentVolumeClaimRetentionPolicy} says so. Models the StatefulSet controller of Kubernetes 1.36.
 */
final class ClaimRetention {
    private final ApiClient client;

    ClaimRetention(ApiClient client) {
        this.client = client;
    }

    /** @param when {@code whenDeleted} or {@code whenScaled} */
    static boolean deletes(KubeObject set, String when) {
        return set.text("spec", "persistentVolumeClaimRetentionPolicy", when).equals("Delete");
    }

    /** Makes the claims of the pods that are there agree with the policy. */
    void settle(KubeObject set, NavigableMap<Long, KubeObject> byOrdinal) {
        if (set.maps("spec", "volumeClaimTemplates").isEmpty()) {
            return;
        }
        long first = set.number(0, "spec", "ordinals", "start");
        long end = first + set.number(1, "spec", "replicas");
        for (Map.Entry<Long, KubeObject> entry : byOrdinal.entrySet()) {
            boolean surplus = entry.getKey() < first || entry.getKey() >= end;
            for (KubeObject wanted : StatefulPods.claims(set, entry.getKey())) {
                client.find(Kinds.CLAIMS, set.namespace(), wanted.name())
                        .ifPresent(claim -> settle(set, entry.getValue(), claim, surplus));
            }
        }
    }

    private void settle(KubeObject set, KubeObject pod, KubeObject claim, boolean surplus) {
        List<Object> owners = new ArrayList<>();
        boolean controlled = false;
        for (Map<String, Object> reference : claim.ownerReferences()) {
            boolean mine = set.uid().equals(reference.get("uid")) || pod.uid().equals(reference.get("uid"));
            boolean sameName = !mine
                    && (set.name().equals(reference.get("name")) && "StatefulSet".equals(reference.get("kind"))
                            || pod.name().equals(reference.get("name")) && "Pod".equals(reference.get("kind")));
            if (sameName) {
                // It belongs to what was here before, and goes with that.
                return;
            }
            if (!mine) {
                owners.add(reference);
                controlled |= Boolean.TRUE.equals(reference.get("controller"));
            }
        }
        boolean scaled = deletes(set, "whenScaled");
        if (!controlled && scaled && surplus) {
            owners.add(reference(pod));
        } else if (!controlled && deletes(set, "whenDeleted") && !(scaled && surplus)) {
            owners.add(reference(set));
        }
        if (!owners.equals(new ArrayList<Object>(claim.ownerReferences()))) {
            KubeObject changed = claim.copy();
            changed.set(owners.isEmpty() ? null : owners, "metadata", "ownerReferences");
            client.update(Kinds.CLAIMS, changed);
        }
    }

    private static Map<String, Object> reference(KubeObject owner) {
        boolean pod = owner.kind().equals("Pod");
        return Trees.map(
                "apiVersion",
                pod ? "v1" : "apps/v1",
                "kind",
                owner.kind(),
                "name",
                owner.name(),
                "uid",
                owner.uid(),
                "controller",
                true,
                "blockOwnerDeletion",
                true);
    }
}
