package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes deployments. */
final class DeploymentDescriber implements Describer {
    @Override
    public void describe(Tree deployment, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", deployment.name());
        sheet.field(0, "Namespace", deployment.namespace());
        sheet.field(0, "CreationTimestamp", sheet.longTime(deployment.text("metadata", "creationTimestamp")));
        sheet.labels(deployment.textMap("metadata", "labels"));
        sheet.annotations(deployment.textMap("metadata", "annotations"));
        sheet.field(0, "Selector", Selectors.text(deployment.at("spec", "selector")));
        Tree status = deployment.at("status");
        sheet.field(
                0,
                "Replicas",
                deployment.number(0, "spec", "replicas") + " desired | " + status.number(0, "updatedReplicas")
                        + " updated | " + status.number(0, "replicas") + " total | "
                        + status.number(0, "availableReplicas") + " available | "
                        + status.number(0, "unavailableReplicas") + " unavailable");
        sheet.field(0, "StrategyType", deployment.text("spec", "strategy", "type"));
        sheet.field(0, "MinReadySeconds", deployment.textOr("0", "spec", "minReadySeconds"));
        Tree rolling = deployment.at("spec", "strategy", "rollingUpdate");
        if (rolling.isMap()) {
            sheet.field(
                    0,
                    "RollingUpdateStrategy",
                    rolling.text("maxUnavailable") + " max unavailable, " + rolling.text("maxSurge") + " max surge");
        }
        PodDescriber.template(deployment.at("spec", "template"), sheet);
        List<Tree> conditions = status.items("conditions");
        if (!conditions.isEmpty()) {
            sheet.line(0, "Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------");
            conditions.forEach(condition -> sheet.line(
                    1, condition.text("type") + " \t" + condition.text("status") + "\t" + condition.text("reason")));
        }
        replicaSets(deployment, sheet, cluster);
        Events.show(deployment, sheet, cluster);
    }

    private static void replicaSets(Tree deployment, Sheet sheet, Cluster cluster) {
        String uid = deployment.text("metadata", "uid");
        String path = "/apis/apps/v1/namespaces/" + Urls.encode(deployment.namespace()) + "/replicasets";
        List<Tree> owned = new ArrayList<>(cluster
                .listOrNone(
                        Urls.query(path, Map.of("labelSelector", Selectors.query(deployment.at("spec", "selector")))))
                .stream()
                .filter(set -> set.items("metadata", "ownerReferences").stream()
                        .anyMatch(owner -> owner.text("uid").equals(uid)))
                .toList());
        owned.sort(Comparator.comparing(set -> set.text("metadata", "creationTimestamp")));
        String revision =
                deployment.textMap("metadata", "annotations").getOrDefault("deployment.kubernetes.io/revision", "");
        List<Tree> current = owned.stream()
                .filter(set -> set.textMap("metadata", "annotations")
                        .getOrDefault("deployment.kubernetes.io/revision", "-")
                        .equals(revision))
                .toList();
        List<Tree> old = owned.stream().filter(set -> !current.contains(set)).toList();
        sheet.field(0, "OldReplicaSets", text(old));
        sheet.field(0, "NewReplicaSet", text(current));
    }

    private static String text(List<Tree> sets) {
        String text = sets.stream()
                .map(set -> set.name() + " (" + set.number(0, "status", "replicas") + "/"
                        + set.number(0, "spec", "replicas") + " replicas created)")
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "<none>" : text;
    }
}
