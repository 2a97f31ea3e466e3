package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Optional;

/** Goes back to an earlier revision where the annotation of the old API's rollback asks for it; 0 is the one before. */
final class DeploymentRollback {
    static final String TO = "deprecated.deployment.rollback.to";

    private final ApiClient client;
    private final EventRecorder events;

    DeploymentRollback(ApiClient client, EventRecorder events) {
        this.client = client;
        this.events = events;
    }

    static boolean isWanted(KubeObject deployment) {
        return deployment.annotations().getOrDefault(TO, "").matches("[-+]?\\d{1,18}");
    }

    /** @param all sets, the new one too */
    void run(KubeObject deployment, List<KubeObject> all) {
        long wanted = Long.parseLong(deployment.annotations().getOrDefault(TO, "0"));
        long revision = wanted == 0 ? last(all) : wanted;
        KubeObject changed = deployment.copy();
        changed.set(null, "metadata", "annotations", TO);
        Optional<KubeObject> target = all.stream()
                .filter(set -> DeploymentRevisions.revision(set) == revision)
                .findFirst();
        if (revision == 0 || target.isEmpty()) {
            events.warning(
                    deployment,
                    "DeploymentRollbackRevisionNotFound",
                    revision == 0 ? "Unable to find last revision." : "Unable to find the revision to rollback to.");
            client.update(Kinds.DEPLOYMENTS, changed);
            return;
        }
        boolean same = DeploymentRevisions.template(target.get()).equals(DeploymentRevisions.template(deployment));
        if (same) {
            events.warning(
                    deployment,
                    "DeploymentRollbackTemplateUnchanged",
                    "The rollback revision contains the same template as current deployment \"" + deployment.name()
                            + "\"");
        } else {
            restore(changed, target.get());
        }
        client.update(Kinds.DEPLOYMENTS, changed);
        if (!same) {
            events.normal(
                    deployment,
                    "DeploymentRollback",
                    "Rolled back deployment \"" + deployment.name() + "\" to revision " + revision);
        }
    }

    private static void restore(KubeObject deployment, KubeObject set) {
        deployment.set(DeploymentRevisions.template(set), "spec", "template");
        for (String name : List.copyOf(deployment.annotations().keySet())) {
            if (!DeploymentRevisions.NOT_COPIED.contains(name)) {
                deployment.set(null, "metadata", "annotations", name);
            }
        }
        set.annotations().forEach((name, value) -> {
            if (!DeploymentRevisions.NOT_COPIED.contains(name)) {
                deployment.set(value, "metadata", "annotations", name);
            }
        });
    }

    /** The second highest; 0 where there is none. */
    private static long last(List<KubeObject> all) {
        return all.stream()
                .map(DeploymentRevisions::revision)
                .sorted(java.util.Comparator.reverseOrder())
                .skip(1)
                .findFirst()
                .orElse(0L);
    }
}
