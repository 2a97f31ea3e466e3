package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import java.util.List;
import java.util.Map;

/** Describes replica sets, daemon sets and stateful sets. */
final class WorkloadDescriber implements Describer {
    private final String kind;

    WorkloadDescriber(String kind) {
        this.kind = kind;
    }

    @Override
    public void describe(Tree set, Sheet sheet, Cluster cluster) {
        String selector = Selectors.ofWorkload(set);
        sheet.field(0, "Name", set.name());
        sheet.field(0, "Namespace", set.namespace());
        if ("StatefulSet".equals(kind)) {
            sheet.field(0, "CreationTimestamp", sheet.longTime(set.text("metadata", "creationTimestamp")));
        }
        sheet.field(0, "Selector", selector.isEmpty() ? "<none>" : selector);
        if ("DaemonSet".equals(kind)) {
            Map<String, String> nodes = set.textMap("spec", "template", "spec", "nodeSelector");
            sheet.field(0, "Node-Selector", nodes.isEmpty() ? "<none>" : Cluster.selector(nodes));
        }
        sheet.labels(set.textMap("metadata", "labels"));
        sheet.annotations(set.textMap("metadata", "annotations"));
        switch (kind) {
            case "DaemonSet" -> nodes(set.at("status"), sheet);
            case "StatefulSet" -> stateful(set, sheet);
            default -> {
                PodDescriber.controlledBy(set, sheet);
                sheet.field(
                        0,
                        "Replicas",
                        set.number(0, "status", "replicas") + " current / " + set.number(0, "spec", "replicas")
                                + " desired");
            }
        }
        sheet.field(0, "Pods Status", podsStatus(cluster.podsWith(set, selector)));
        PodDescriber.template(set.at("spec", "template"), sheet);
        if ("StatefulSet".equals(kind)) {
            claims(set.items("spec", "volumeClaimTemplates"), sheet);
        }
        List<Tree> conditions = set.items("status", "conditions");
        if (!conditions.isEmpty()) {
            sheet.line(0, "Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------");
            conditions.forEach(condition -> sheet.line(
                    1, condition.text("type") + " \t" + condition.text("status") + "\t" + condition.text("reason")));
        }
        Events.show(set, sheet, cluster);
    }

    private static void nodes(Tree status, Sheet sheet) {
        sheet.line(0, "Desired Number of Nodes Scheduled: " + status.number(0, "desiredNumberScheduled"));
        sheet.line(0, "Current Number of Nodes Scheduled: " + status.number(0, "currentNumberScheduled"));
        sheet.line(0, "Number of Nodes Scheduled with Up-to-date Pods: " + status.number(0, "updatedNumberScheduled"));
        sheet.line(0, "Number of Nodes Scheduled with Available Pods: " + status.number(0, "numberAvailable"));
        sheet.line(0, "Number of Nodes Misscheduled: " + status.number(0, "numberMisscheduled"));
    }

    private static void stateful(Tree set, Sheet sheet) {
        sheet.field(
                0,
                "Replicas",
                set.number(0, "spec", "replicas") + " desired | " + set.number(0, "status", "replicas") + " total");
        sheet.field(0, "Update Strategy", set.text("spec", "updateStrategy", "type"));
        if (set.has("spec", "updateStrategy", "rollingUpdate")) {
            sheet.field(1, "Partition", set.textOr("0", "spec", "updateStrategy", "rollingUpdate", "partition"));
        }
    }

    static String podsStatus(List<Tree> pods) {
        return count(pods, "Running") + " Running / " + count(pods, "Pending") + " Waiting / "
                + count(pods, "Succeeded") + " Succeeded / " + count(pods, "Failed") + " Failed";
    }

    private static long count(List<Tree> pods, String phase) {
        return pods.stream()
                .filter(pod -> pod.text("status", "phase").equals(phase))
                .count();
    }

    private static void claims(List<Tree> claims, Sheet sheet) {
        if (claims.isEmpty()) {
            sheet.field(0, "Volume Claims", "<none>");
            return;
        }
        sheet.line(0, "Volume Claims:");
        for (Tree claim : claims) {
            sheet.field(1, "Name", claim.name());
            sheet.field(1, "StorageClass", claim.text("spec", "storageClassName"));
            sheet.map(1, "Labels", claim.textMap("metadata", "labels"), "=");
            sheet.map(1, "Annotations", claim.textMap("metadata", "annotations"), ": ");
            sheet.field(1, "Capacity", claim.textOr("<default>", "spec", "resources", "requests", "storage"));
            sheet.field(1, "Access Modes", "[" + String.join(" ", claim.texts("spec", "accessModes")) + "]");
        }
    }
}
