package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds what an owner owns, adopts what matches its selector and nobody owns, and lets go what no longer matches. */
final class Claims {
    private final ApiClient client;
    private final GroupResource resource;

    Claims(ApiClient client, GroupResource resource) {
        this.client = client;
        this.resource = resource;
    }

    /**
     * What is the owner's after adopting and releasing, in the order of the candidates.
     *
     * @param finalizer one that an adopted object gets and a released one loses; empty for none
     */
    List<KubeObject> claim(
            KubeObject owner, Collection<KubeObject> candidates, LabelSelector selector, String finalizer) {
        List<KubeObject> mine = new ArrayList<>();
        for (KubeObject candidate : candidates) {
            boolean matches = selector.matches(candidate.labels());
            Map<String, Object> controller = Owners.controllerOf(candidate).orElse(Map.of());
            if (!controller.isEmpty()) {
                if (!owner.uid().equals(controller.get("uid"))) {
                    continue;
                }
                if (matches) {
                    mine.add(candidate);
                } else if (!owner.isTerminating()) {
                    release(owner, candidate, finalizer);
                }
            } else if (matches && !selector.isEverything() && !owner.isTerminating() && !candidate.isTerminating()) {
                adopt(owner, candidate, finalizer, mine);
            }
        }
        return mine;
    }

    private void adopt(KubeObject owner, KubeObject candidate, String finalizer, List<KubeObject> mine) {
        Map<String, Object> metadata = Trees.map("ownerReferences", Owners.references(owner), "uid", candidate.uid());
        if (!finalizer.isEmpty()) {
            metadata.put("finalizers", Trees.list(finalizer));
        }
        patch(candidate, metadata, mine);
    }

    private void release(KubeObject owner, KubeObject candidate, String finalizer) {
        Map<String, Object> gone = Trees.map("$patch", "delete", "uid", owner.uid());
        Map<String, Object> metadata = Trees.map("ownerReferences", Trees.list(gone), "uid", candidate.uid());
        if (!finalizer.isEmpty()) {
            metadata.put("$deleteFromPrimitiveList/finalizers", Trees.list(finalizer));
        }
        patch(candidate, metadata, new ArrayList<>());
    }

    private void patch(KubeObject candidate, Map<String, Object> metadata, List<KubeObject> mine) {
        try {
            mine.add(client.patch(
                    resource,
                    candidate.namespace(),
                    candidate.name(),
                    "",
                    ApiClient.PatchType.STRATEGIC,
                    Trees.map("metadata", metadata)));
        } catch (ApiException e) {
            if (!e.isNotFound() && e.code() != 422) {
                throw e;
            }
        }
    }
}
