package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The ControllerRevisions of DaemonSets and StatefulSets: one for every template that there was, newest last. */
final class RevisionHistory {
    static final String HASH = "controller-revision-hash";
    private static final String STATEFUL_HASH = "controller.kubernetes.io/hash";

    private final ApiClient client;
    private final Informer revisions;
    private final Informer pods;

    RevisionHistory(ControllerContext context, ApiClient client) {
        this.client = client;
        this.revisions = context.informer(Kinds.REVISIONS);
        this.pods = context.informer(Kinds.PODS);
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
        Map<String, Object> data = TemplateHash.ordered(Trees.map("spec", Trees.map("template", template)));
        List<KubeObject> same = new ArrayList<>();
        long newest = 0;
        boolean stateful = owner.kind().equals("StatefulSet");
        for (KubeObject revision : history) {
            boolean fits = revision.map("data").equals(data);
            if (fits) {
                same.add(revision);
            }
            if (!fits || stateful) {
                newest = Math.max(newest, revision.number(0, "revision"));
            }
        }
        if (same.isEmpty()) {
            return create(owner, data, newest + 1);
        }
        KubeObject last = same.get(same.size() - 1);
        if (!stateful) {
            same.subList(0, same.size() - 1).forEach(each -> replace(owner, each, last));
        }
        long number = last.number(0, "revision");
        if (stateful ? number == newest : number > newest) {
            return last;
        }
        KubeObject changed = last.copy();
        changed.set(newest + 1, "revision");
        return client.update(Kinds.REVISIONS, changed);
    }

    /** Somebody made a second revision of the same template: pods of the older one count as the newer one's, and it goes. */
    private void replace(KubeObject owner, KubeObject older, KubeObject newer) {
        String hash = older.labels().getOrDefault(HASH, "");
        for (KubeObject pod : pods.inNamespace(owner.namespace())) {
            if (Owners.controls(owner, pod) && hash.equals(pod.labels().get(HASH))) {
                KubeObject changed = pod.copy();
                changed.set(newer.labels().getOrDefault(HASH, ""), "metadata", "labels", HASH);
                client.update(Kinds.PODS, changed);
            }
        }
        client.delete(Kinds.REVISIONS, owner.namespace(), older.name(), ApiClient.DeleteOptions.ofUid(older.uid()));
    }

    private KubeObject create(KubeObject owner, Map<String, Object> data, long number) {
        boolean stateful = owner.kind().equals("StatefulSet");
        String hash = stateful
                ? TemplateHash.ofData(data, owner.number(0, "status", "collisionCount"))
                : TemplateHash.of(owner.map("spec", "template"), TemplateHash.collisions(owner));
        KubeObject revision =
                KubeObject.create("apps/v1", "ControllerRevision", owner.namespace(), owner.name() + "-" + hash);
        Map<String, String> labels = owner.textMap("spec", "template", "metadata", "labels");
        labels.forEach((key, value) -> revision.set(value, "metadata", "labels", key));
        revision.set(hash, "metadata", "labels", stateful ? STATEFUL_HASH : HASH);
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
                countCollision(owner);
            }
            throw e;
        }
    }

    /** Another template has the name: the next try makes another one. */
    private void countCollision(KubeObject owner) {
        GroupResource kind = owner.kind().equals("StatefulSet") ? Kinds.STATEFUL_SETS : Kinds.DAEMON_SETS;
        KubeObject changed = client.get(kind, owner.namespace(), owner.name()).copy();
        if (Objects.equals(changed.at("status", "collisionCount"), owner.at("status", "collisionCount"))) {
            changed.set(changed.number(0, "status", "collisionCount") + 1, "status", "collisionCount");
            client.updateSubresource(kind, "status", changed);
        }
    }

    /** Deletes the oldest beyond the limit; what is in use does not count and stays. */
    void cleanUp(KubeObject owner, List<KubeObject> history, Set<String> inUse) {
        List<KubeObject> idle = new ArrayList<>(history);
        idle.removeIf(revision -> inUse.contains(revision.name())
                || inUse.contains(revision.labels().getOrDefault(HASH, "-")));
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
