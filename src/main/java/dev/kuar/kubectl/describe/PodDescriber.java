package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Ages;
import dev.kuar.kubectl.data.Tree;
import java.util.List;
import java.util.Map;

/** Describes pods, and the templates of those who make them. */
final class PodDescriber implements Describer {
    @Override
    public void describe(Tree pod, Sheet sheet, Cluster cluster) {
        head(pod, sheet);
        List<String> ips =
                pod.items("status", "podIPs").stream().map(ip -> ip.text("ip")).toList();
        sheet.field(0, "IP", pod.text("status", "podIP"));
        if (ips.isEmpty()) {
            sheet.field(0, "IPs", "<none>");
        } else {
            sheet.line(0, "IPs:");
            ips.forEach(ip -> sheet.field(1, "IP", ip));
        }
        controlledBy(pod, sheet);
        if (pod.has("status", "nominatedNodeName")) {
            sheet.field(0, "NominatedNodeName", pod.text("status", "nominatedNodeName"));
        }
        if (pod.has("spec", "resources")) {
            sheet.line(0, "Resources:");
            Containers.resources(sheet, 1, pod.at("spec", "resources"));
        }
        Containers containers = new Containers(sheet, pod, false);
        containers.show(0, "Init Containers", "initContainers", "initContainerStatuses");
        containers.show(0, "Containers", "containers", "containerStatuses");
        containers.show(0, "Ephemeral Containers", "ephemeralContainers", "ephemeralContainerStatuses");
        List<Tree> conditions = pod.items("status", "conditions");
        if (!conditions.isEmpty()) {
            sheet.line(0, "Conditions:\n  Type\tStatus");
            conditions.forEach(
                    condition -> sheet.line(1, condition.text("type") + " \t" + condition.text("status") + " "));
        }
        Volumes.show(0, pod, sheet, false);
        sheet.field(0, "QoS Class", pod.textOr("BestEffort", "status", "qosClass"));
        sheet.map(0, "Node-Selectors", pod.textMap("spec", "nodeSelector"), "=");
        sheet.column(0, "Tolerations", Volumes.tolerations(pod.at("spec")));
        spread(0, pod, sheet);
        Events.show(pod, sheet, cluster);
    }

    private static void head(Tree pod, Sheet sheet) {
        sheet.field(0, "Name", pod.name());
        sheet.field(0, "Namespace", pod.namespace());
        for (Map.Entry<String, String> field : List.of(
                Map.entry("Priority", "priority"),
                Map.entry("Priority Class Name", "priorityClassName"),
                Map.entry("Runtime Class Name", "runtimeClassName"),
                Map.entry("Service Account", "serviceAccountName"))) {
            if (pod.has("spec", field.getValue())
                    && !pod.text("spec", field.getValue()).isEmpty()) {
                sheet.field(0, field.getKey(), pod.text("spec", field.getValue()));
            }
        }
        String node = pod.text("spec", "nodeName");
        sheet.field(0, "Node", node.isEmpty() ? "<none>" : node + "/" + pod.text("status", "hostIP"));
        if (pod.has("status", "startTime")) {
            sheet.field(0, "Start Time", sheet.longTime(pod.text("status", "startTime")));
        }
        sheet.labels(pod.textMap("metadata", "labels"));
        sheet.annotations(pod.textMap("metadata", "annotations"));
        if (pod.has("metadata", "deletionTimestamp")) {
            sheet.field(
                    0,
                    "Status",
                    "Terminating (lasts " + Ages.since(pod.text("metadata", "deletionTimestamp"), sheet.clock()) + ")");
            sheet.field(0, "Termination Grace Period", pod.textOr("0", "metadata", "deletionGracePeriodSeconds") + "s");
        } else {
            sheet.field(0, "Status", pod.text("status", "phase"));
        }
        if (!pod.text("status", "reason").isEmpty()) {
            sheet.field(0, "Reason", pod.text("status", "reason"));
        }
        if (!pod.text("status", "message").isEmpty()) {
            sheet.field(0, "Message", pod.text("status", "message"));
        }
        if (pod.has("spec", "securityContext", "seccompProfile")) {
            sheet.field(0, "SeccompProfile", pod.text("spec", "securityContext", "seccompProfile", "type"));
        }
    }

    static void controlledBy(Tree object, Sheet sheet) {
        object.items("metadata", "ownerReferences").stream()
                .filter(owner -> owner.flag("controller"))
                .findFirst()
                .ifPresent(owner -> sheet.field(0, "Controlled By", owner.text("kind") + "/" + owner.text("name")));
    }

    private static void spread(int level, Tree pod, Sheet sheet) {
        List<Tree> constraints = pod.items("spec", "topologySpreadConstraints");
        if (!constraints.isEmpty()) {
            sheet.column(
                    level,
                    "Topology Spread Constraints",
                    constraints.stream()
                            .map(each -> each.text("topologyKey") + ":" + each.text("whenUnsatisfiable")
                                    + " when max skew " + each.text("maxSkew") + " is exceeded for selector "
                                    + Selectors.text(each.at("labelSelector")))
                            .sorted()
                            .toList());
        }
    }

    /** A pod template, one level in. */
    static void template(Tree template, Sheet sheet) {
        sheet.line(0, "Pod Template:");
        sheet.map(1, "Labels", template.textMap("metadata", "labels"), "=");
        if (!template.textMap("metadata", "annotations").isEmpty()) {
            sheet.map(1, "Annotations", template.textMap("metadata", "annotations"), ": ");
        }
        String account = template.text("spec", "serviceAccountName");
        if (!account.isEmpty()) {
            sheet.field(1, "Service Account", account);
        }
        Containers containers = new Containers(sheet, template, true);
        containers.show(1, "Init Containers", "initContainers", "");
        containers.show(1, "Containers", "containers", "");
        Volumes.show(1, template, sheet, true);
        spread(1, template, sheet);
        String priority = template.text("spec", "priorityClassName");
        if (!priority.isEmpty()) {
            sheet.field(1, "Priority Class Name", priority);
        }
        sheet.map(1, "Node-Selectors", template.textMap("spec", "nodeSelector"), "=");
        sheet.column(1, "Tolerations", Volumes.tolerations(template.at("spec")));
    }
}
