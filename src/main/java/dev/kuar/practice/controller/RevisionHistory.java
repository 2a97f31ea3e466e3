package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ControllerRevisions of DaemonSets and StatefulSets: one for every template that there was, newest last. */
final class RevisionHistory {
    static final String HASH = "controller-revision-hash";

    private final ApiClient client;
    private final Informer revisions;

    RevisionHistory(ControllerContext context, ApiClient client) {
        this.client = client;
        this.revisions = context.informer(Kinds.REVISIONS);
    }

    /** The owner's, by revision. */
    List<KubeObject> of(KubeObject owner) {
        List<KubeObject> owned = new ArrayList<>();
        for (KubeObject revision : revisions.inNamespace(owner.namespace())) {
            if (Owners.controls(owner, revision)) {
                owned.add(revision);
            }
        }
        owned.sort(Comparator.comparingLong(revision -> revision.number(0, "revision")));
        return owned;
    }

    /** The revision of the owner's template of now, made or moved to the end where needed. */
    KubeObject current(KubeObject owner, List<KubeObject> history) {
        Map<String, Object> template = KubeObject.copyOf(owner.map("spec", "template"));
        template.put("$patch", "replace");
        Map<String, Object> data = Trees.map("spec", Trees.map("template", template));
        long next = history.isEmpty() ? 1 : history.get(history.size() - 1).number(0, "revision") + 1;
        for (KubeObject revision : history) {
            if (!revision.map("data").equals(data)) {
                continue;
            }
            if (revision.number(0, "revision") == next - 1) {
                return revision;
            }
            KubeObject changed = revision.copy();
            changed.set(next, "revision");
            return client.update(Kinds.REVISIONS, changed);
        }
        return create(owner, data, next);
    }

    private KubeObject create(KubeObject owner, Map<String, Object> data, long number) {
        String hash = TemplateHash.of(data, owner.number(0, "status", "collisionCount"));
        KubeObject revision =
                KubeObject.create("apps/v1", "ControllerRevision", owner.namespace(), owner.name() + "-" + hash);
        Map<String, String> labels = owner.textMap("spec", "template", "metadata", "labels");
        labels.forEach((key, value) -> revision.set(value, "metadata", "labels", key));
        revision.set(hash, "metadata", "labels", HASH);
        if (!owner.annotations().isEmpty()) {
            revision.set(KubeObject.copyOf(owner.map("metadata", "annotations")), "metadata", "annotations");
        }
        revision.set(Owners.references(owner), "metadata", "ownerReferences");
        revision.set(data, "data");
        revision.set(number, "revision");
        try {
            return client.create(Kinds.REVISIONS, owner.namespace(), revision);
        } catch (ApiException e) {
            if (e.isConflict()) {
                KubeObject there = client.get(Kinds.REVISIONS, owner.namespace(), revision.name());
                if (Owners.controls(owner, there) && there.map("data").equals(data)) {
                    return there;
                }
            }
            throw e;
        }
    }

    /** Deletes the oldest beyond the limit; what is in use does not count and stays. */
    void cleanUp(KubeObject owner, List<KubeObject> history, Set<String> inUse) {
        List<KubeObject> idle = new ArrayList<>(history);
        idle.removeIf(revision -> inUse.contains(revision.name())
                || inUse.contains(revision.labels().get(HASH)));
        long surplus = idle.size() - owner.number(10, "spec", "revisionHistoryLimit");
        for (int i = 0; i < surplus; i++) {
            client.delete(
                    Kinds.REVISIONS,
                    owner.namespace(),
                    idle.get(i).name(),
                    ApiClient.DeleteOptions.ofUid(idle.get(i).uid()));
        }
    }
}
