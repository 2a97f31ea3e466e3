package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ReplicaSet of a Deployment's template, its revision, and the history of those before. */
final class DeploymentRevisions {
    static final String REVISION = "deployment.kubernetes.io/revision";
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_HISTORY = 2000;

    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            REVISION,
            HISTORY,
            DeploymentScaling.DESIRED,
            DeploymentScaling.MAX,
            DeploymentRollback.TO);

    private final ApiClient client;
    private final EventRecorder events;
    private final DeploymentStatus status;
    private final DeploymentScaling scaling;

    DeploymentRevisions(ApiClient client, EventRecorder events, DeploymentStatus status, DeploymentScaling scaling) {
        this.client = client;
        this.events = events;
        this.status = status;
        this.scaling = scaling;
    }

    /** The oldest ReplicaSet whose template is the Deployment's, or null. */
    @Nullable
    KubeObject newest(KubeObject deployment, List<KubeObject> sets) {
        Map<String, Object> wanted = template(deployment);
        for (KubeObject set : sets) {
            if (wanted.equals(template(set))) {
                return set;
            }
        }
        return null;
    }

    /** The template without the hash. */
    static Map<String, Object> template(KubeObject object) {
        KubeObject template = KubeObject.of(KubeObject.copyOf(object.map("spec", "template")));
        template.set(null, "metadata", "labels", DeploymentController.HASH);
        template.set(null, "metadata", "creationTimestamp");
        return template.tree();
    }

    /**
     * Finds the new ReplicaSet, or makes it, and brings revisions up to date.
     *
     * @return null when there is none and none was to be made
     */
    @Nullable
    KubeObject sync(KubeObject deployment, List<KubeObject> sets, boolean create) {
        KubeObject found = newest(deployment, sets);
        long highest = 0;
        for (KubeObject set : sets) {
            if (found == null || !set.uid().equals(found.uid())) {
                highest = Math.max(highest, revision(set));
            }
        }
        String revision = String.valueOf(highest + 1);
        if (found != null) {
            return existing(deployment, found, revision);
        }
        return create ? make(deployment, sets, revision) : null;
    }

    private KubeObject existing(KubeObject deployment, KubeObject found, String revision) {
        KubeObject changed = found.copy();
        boolean annotated = annotate(deployment, changed, revision, true);
        if (annotated
                || deployment.number(0, "spec", "minReadySeconds") != found.number(0, "spec", "minReadySeconds")) {
            changed.set(deployment.at("spec", "minReadySeconds"), "spec", "minReadySeconds");
            return client.update(Kinds.REPLICA_SETS, changed);
        }
        boolean noProgress = status.hasDeadline(deployment)
                && Trees.condition(deployment, "Progressing").isEmpty();
        setRevision(
                deployment,
                found.annotations().getOrDefault(REVISION, ""),
                noProgress ? "FoundNewReplicaSet" : "",
                "Found new replica set \"" + found.name() + "\"");
        return found;
    }

    private @Nullable KubeObject make(KubeObject deployment, List<KubeObject> sets, String revision) {
        String hash = TemplateHash.of(deployment.map("spec", "template"), TemplateHash.collisions(deployment));
        KubeObject set = KubeObject.create("apps/v1", "ReplicaSet", deployment.namespace(), name(deployment, hash));
        Map<String, Object> template = KubeObject.copyOf(deployment.map("spec", "template"));
        KubeObject templateView = KubeObject.of(template);
        templateView.set(hash, "metadata", "labels", DeploymentController.HASH);
        Map<String, Object> selector = KubeObject.copyOf(deployment.map("spec", "selector"));
        KubeObject.of(selector).set(hash, "matchLabels", DeploymentController.HASH);
        set.set(KubeObject.copyOf(templateView.map("metadata", "labels")), "metadata", "labels");
        set.set(Owners.references(deployment), "metadata", "ownerReferences");
        set.set(deployment.at("spec", "minReadySeconds"), "spec", "minReadySeconds");
        set.set(scaling.replicasOfNew(deployment, sets, 0), "spec", "replicas");
        set.set(selector, "spec", "selector");
        set.set(template, "spec", "template");
        annotate(deployment, set, revision, false);
        KubeObject made;
        try {
            made = client.create(Kinds.REPLICA_SETS, deployment.namespace(), set);
        } catch (ApiException e) {
            KubeObject there = refused(deployment, set, e);
            setRevision(deployment, revision, "", "");
            return there;
        }
        long replicas = made.number(0, "spec", "replicas");
        if (replicas > 0) {
            events.normal(
                    deployment, "ScalingReplicaSet", "Scaled up replica set " + made.name() + " from 0 to " + replicas);
        }
        setRevision(
                deployment,
                revision,
                status.hasDeadline(deployment) ? "NewReplicaSetCreated" : "",
                "Created new replica set \"" + made.name() + "\"");
        return made;
    }

    /** Names are cut so that there is room for the hash. */
    private static String name(KubeObject deployment, String hash) {
        int longest = LONGEST_NAME - 1 - hash.length();
        String name = deployment.name();
        return (name.length() > longest ? name.substring(0, longest) : name) + "-" + hash;
    }

    /** The name is taken, by ourselves a moment ago or by another template with the same hash, or the set may not be made. */
    private KubeObject refused(KubeObject deployment, KubeObject wanted, ApiException failure) {
        if (!failure.isConflict()) {
            if (!PodControl.isForTermination(failure)) {
                String message = "Failed to create new replica set \"" + wanted.name() + "\": " + failure.getMessage();
                if (status.hasDeadline(deployment)) {
                    status.writeFailure(deployment, message);
                }
                events.warning(deployment, "ReplicaSetCreateError", message);
            }
            throw failure;
        }
        KubeObject there = client.get(Kinds.REPLICA_SETS, wanted.namespace(), wanted.name());
        if (Owners.controls(deployment, there) && template(there).equals(template(deployment))) {
            return there;
        }
        KubeObject changed = deployment.copy();
        changed.set(deployment.number(0, "status", "collisionCount") + 1, "status", "collisionCount");
        client.updateSubresource(Kinds.DEPLOYMENTS, "status", changed);
        throw failure;
    }

    /** Writes revision and progress into the Deployment where they changed, both at once. */
    private void setRevision(KubeObject deployment, String revision, String reason, String message) {
        KubeObject changed = deployment.copy();
        changed.set(revision, "metadata", "annotations", REVISION);
        if (!reason.isEmpty()) {
            changed.set(status.withProgress(deployment, "True", reason, message), "status", "conditions");
        }
        if (!changed.equals(deployment)) {
            KubeObject written = client.updateSubresource(Kinds.DEPLOYMENTS, "status", changed);
            // What follows in this pass writes the status over the newest version.
            deployment.tree().put("metadata", written.tree().get("metadata"));
            deployment.tree().put("status", written.map("status"));
        }
    }

    private boolean annotate(KubeObject deployment, KubeObject set, String revision, boolean exists) {
        String old = set.annotations().getOrDefault(REVISION, "");
        if (!old.isEmpty() && !old.matches("-?\\d{1,18}")) {
            return false;
        }
        Map<String, String> before = new LinkedHashMap<>(set.annotations());
        deployment.annotations().forEach((key, value) -> {
            if (!NOT_COPIED.contains(key)) {
                set.set(value, "metadata", "annotations", key);
            }
        });
        if (old.isEmpty() || Long.parseLong(old) < Long.parseLong(revision)) {
            set.set(revision, "metadata", "annotations", REVISION);
            if (!old.isEmpty()) {
                set.set(history(before.getOrDefault(HISTORY, ""), old), "metadata", "annotations", HISTORY);
            }
        }
        if (!exists) {
            scaling.annotate(deployment, set);
        }
        return !before.equals(set.annotations());
    }

    /** The revisions that a set has had; the oldest fall out where it grows too long. */
    private static String history(String before, String revision) {
        String history = before.isEmpty() ? revision : before + "," + revision;
        while (history.length() > LONGEST_HISTORY && history.indexOf(',') >= 0) {
            history = history.substring(history.indexOf(',') + 1);
        }
        return history;
    }

    static long revision(KubeObject object) {
        try {
            return Long.parseLong(object.annotations().getOrDefault(REVISION, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Deletes old ReplicaSets beyond the history limit that have no pods left. */
    void cleanUp(KubeObject deployment, List<KubeObject> all, @Nullable KubeObject newest) {
        List<KubeObject> old = new ArrayList<>(all);
        old.removeIf(set -> set.isTerminating() || (newest != null && set.uid().equals(newest.uid())));
        long surplus = old.size() - deployment.number(10, "spec", "revisionHistoryLimit");
        old.sort(Comparator.comparingLong(DeploymentRevisions::revision).thenComparing(DeploymentScaling.BY_AGE));
        for (KubeObject set : old) {
            if (surplus-- <= 0) {
                return;
            }
            boolean idle = set.number(0, "status", "replicas") == 0
                    && set.number(0, "spec", "replicas") == 0
                    && set.generation() <= set.number(0, "status", "observedGeneration");
            if (idle) {
                client.delete(
                        Kinds.REPLICA_SETS, set.namespace(), set.name(), ApiClient.DeleteOptions.ofUid(set.uid()));
            }
        }
    }
}
