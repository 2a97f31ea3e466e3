package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deletes what apply made earlier and the files no longer name. */
final class Pruner {
    private static final List<String> STANDARD = List.of(
            "core/v1/ConfigMap",
            "core/v1/Endpoints",
            "core/v1/Namespace",
            "core/v1/PersistentVolumeClaim",
            "core/v1/PersistentVolume",
            "core/v1/Pod",
            "core/v1/ReplicationController",
            "core/v1/Secret",
            "core/v1/Service",
            "batch/v1/Job",
            "batch/v1/CronJob",
            "networking.k8s.io/v1/Ingress",
            "apps/v1/DaemonSet",
            "apps/v1/Deployment",
            "apps/v1/ReplicaSet",
            "apps/v1/StatefulSet");

    private final Run run;
    private final Results results;
    private final Set<String> applied;

    Pruner(Run run, Results results, Set<String> applied) {
        this.run = run;
        this.results = results;
        this.applied = applied;
    }

    void prune() {
        List<String> kinds = run.flags().list("prune-allowlist");
        for (String kind : kinds.isEmpty() ? STANDARD : kinds) {
            String[] parts = kind.split("/");
            String group = "core".equals(parts[0]) ? "" : parts[0];
            run.mapper()
                    .ofKind(group.isEmpty() ? parts[1] : group + "/" + parts[1], parts[2])
                    .ifPresent(this::prune);
        }
    }

    private void prune(ApiResource resource) {
        String namespace = resource.namespaced() ? run.namespace() : "";
        Tree list = run.client()
                .get(Urls.query(resource.path(namespace, ""), Map.of("labelSelector", run.text("selector"))));
        for (Tree item : new ArrayList<>(list.items("items"))) {
            boolean ours = item.has("metadata", "annotations", CreateCommand.LAST_APPLIED);
            String key = resource.groupResource() + "/" + namespace + "/" + item.name();
            if (ours && !applied.contains(key)) {
                Info info = new Info(resource, namespace, item.name(), item, "");
                if (!results.dryClient()) {
                    run.client()
                            .send(
                                    "DELETE",
                                    Urls.query(info.path(), Map.of("dryRun", results.dryRunParameter())),
                                    Tree.mapOf("propagationPolicy", "Background"));
                }
                results.print(info, "pruned");
            }
        }
    }
}
