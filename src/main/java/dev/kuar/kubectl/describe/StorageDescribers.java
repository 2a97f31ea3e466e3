package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Urls;
import java.util.List;

/** Describers of volumes and claims, and of disruption budgets. */
final class StorageDescribers {
    private StorageDescribers() {}

    private static String modes(Tree object, String... path) {
        return String.join(
                ",",
                object.texts(path).stream()
                        .map(mode -> switch (mode) {
                            case "ReadWriteOnce" -> "RWO";
                            case "ReadOnlyMany" -> "ROX";
                            case "ReadWriteMany" -> "RWX";
                            default -> "RWOP";
                        })
                        .toList());
    }

    private static String list(List<String> values) {
        return "[" + String.join(" ", values) + "]";
    }

    static void claim(Tree claim, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", claim.name());
        sheet.field(0, "Namespace", claim.namespace());
        sheet.field(0, "StorageClass", claim.text("spec", "storageClassName"));
        String phase = claim.text("status", "phase");
        sheet.field(
                0,
                "Status",
                claim.has("metadata", "deletionTimestamp")
                        ? "Terminating (lasts "
                                + dev.kuar.kubectl.data.Ages.since(
                                        claim.text("metadata", "deletionTimestamp"), sheet.clock())
                                + ")"
                        : phase);
        sheet.field(0, "Volume", claim.text("spec", "volumeName"));
        sheet.labels(claim.textMap("metadata", "labels"));
        sheet.annotations(claim.textMap("metadata", "annotations"));
        sheet.field(0, "Finalizers", list(claim.texts("metadata", "finalizers")));
        boolean bound = !claim.text("spec", "volumeName").isEmpty();
        sheet.field(0, "Capacity", bound ? claim.text("status", "capacity", "storage") : "");
        sheet.field(0, "Access Modes", bound ? modes(claim, "status", "accessModes") : "");
        sheet.field(0, "VolumeMode", claim.text("spec", "volumeMode"));
        List<Tree> pods = cluster.listOrNone("/api/v1/namespaces/" + Urls.encode(claim.namespace()) + "/pods").stream()
                .filter(pod -> pod.items("spec", "volumes").stream()
                        .anyMatch(volume -> volume.text("persistentVolumeClaim", "claimName")
                                .equals(claim.name())))
                .toList();
        sheet.column(0, "Used By", pods.stream().map(Tree::name).toList());
        Events.show(claim, sheet, cluster);
    }

    static void volume(Tree volume, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", volume.name());
        sheet.labels(volume.textMap("metadata", "labels"));
        sheet.annotations(volume.textMap("metadata", "annotations"));
        sheet.field(0, "Finalizers", list(volume.texts("metadata", "finalizers")));
        sheet.field(0, "StorageClass", volume.text("spec", "storageClassName"));
        sheet.field(0, "Status", volume.text("status", "phase"));
        Tree claim = volume.at("spec", "claimRef");
        sheet.field(0, "Claim", claim.isMap() ? claim.text("namespace") + "/" + claim.text("name") : "");
        sheet.field(0, "Reclaim Policy", volume.text("spec", "persistentVolumeReclaimPolicy"));
        sheet.field(0, "Access Modes", modes(volume, "spec", "accessModes"));
        sheet.field(0, "VolumeMode", volume.text("spec", "volumeMode"));
        sheet.field(0, "Capacity", volume.text("spec", "capacity", "storage"));
        affinity(volume.at("spec", "nodeAffinity"), sheet);
        sheet.field(0, "Message", volume.text("status", "message"));
        sheet.line(0, "Source:");
        Volumes.source(volume.at("spec"), sheet);
        Events.show(volume, sheet, cluster);
    }

    private static void affinity(Tree affinity, Sheet sheet) {
        List<Tree> terms = affinity.items("required", "nodeSelectorTerms");
        if (terms.isEmpty()) {
            sheet.field(0, "Node Affinity", "<none>");
            return;
        }
        sheet.field(0, "Node Affinity", "");
        sheet.field(1, "Required Terms", "");
        for (int i = 0; i < terms.size(); i++) {
            List<String> parts = terms.get(i).items("matchExpressions").stream()
                    .map(each -> each.text("key") + " " + each.text("operator").toLowerCase(java.util.Locale.ROOT)
                            + " [" + String.join(", ", each.texts("values")) + "]")
                    .toList();
            sheet.field(2, "Term " + i, String.join("\n\t", parts));
        }
    }

    static void budget(Tree budget, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", budget.name());
        sheet.field(0, "Namespace", budget.namespace());
        boolean most = budget.has("spec", "maxUnavailable");
        sheet.field(
                0,
                most ? "Max unavailable" : "Min available",
                budget.text("spec", most ? "maxUnavailable" : "minAvailable"));
        sheet.field(0, "Selector", Selectors.text(budget.at("spec", "selector")));
        sheet.line(0, "Status:");
        sheet.field(2, "Allowed disruptions", budget.textOr("0", "status", "disruptionsAllowed"));
        sheet.field(2, "Current", budget.textOr("0", "status", "currentHealthy"));
        sheet.field(2, "Desired", budget.textOr("0", "status", "desiredHealthy"));
        sheet.field(2, "Total", budget.textOr("0", "status", "expectedPods"));
        Events.show(budget, sheet, cluster);
    }
}
