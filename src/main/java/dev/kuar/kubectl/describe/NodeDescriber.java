package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Ages;
import dev.kuar.kubectl.data.Quantity;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Urls;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Describes nodes. */
final class NodeDescriber implements Describer {
    private static final String ROLE = "node-role.kubernetes.io/";

    @Override
    public void describe(Tree node, Sheet sheet, Cluster cluster) {
        sheet.field(0, "Name", node.name());
        sheet.field(0, "Roles", roles(node));
        sheet.labels(node.textMap("metadata", "labels"));
        sheet.annotations(node.textMap("metadata", "annotations"));
        sheet.field(0, "CreationTimestamp", sheet.longTime(node.text("metadata", "creationTimestamp")));
        sheet.column(
                0,
                "Taints",
                node.items("spec", "taints").stream()
                        .map(NodeDescriber::taint)
                        .sorted()
                        .toList());
        sheet.field(0, "Unschedulable", String.valueOf(node.flag("spec", "unschedulable")));
        lease(node, sheet, cluster);
        conditions(node, sheet);
        sheet.line(0, "Addresses:");
        node.items("status", "addresses")
                .forEach(address -> sheet.field(1, address.text("type"), address.text("address")));
        resources("Capacity", node.textMap("status", "capacity"), sheet);
        resources("Allocatable", node.textMap("status", "allocatable"), sheet);
        systemInfo(node, sheet);
        pods(node, sheet, cluster);
        if (cluster.withEvents()) {
            List<Tree> events = new ArrayList<>(cluster.eventsOf(node, node.name()));
            events.addAll(cluster.eventsOf(node));
            Events.show(events, sheet);
        }
    }

    private static String roles(Tree node) {
        List<String> roles = new ArrayList<>();
        node.textMap("metadata", "labels").forEach((key, value) -> {
            if (key.startsWith(ROLE) && key.length() > ROLE.length()) {
                roles.add(key.substring(ROLE.length()));
            } else if ("kubernetes.io/role".equals(key) && !value.isEmpty()) {
                roles.add(value);
            }
        });
        return roles.isEmpty()
                ? "<none>"
                : String.join(",", roles.stream().sorted().toList());
    }

    static String taint(Tree taint) {
        String value = taint.text("value");
        return taint.text("key") + (value.isEmpty() ? "" : "=" + value) + ":" + taint.text("effect");
    }

    private static void lease(Tree node, Sheet sheet, Cluster cluster) {
        sheet.line(0, "Lease:");
        Tree lease = cluster.find(
                        "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + Urls.encode(node.name()))
                .orElse(Tree.NONE);
        if (!lease.isMap()) {
            sheet.line(1, "Failed to get lease: leases.coordination.k8s.io \"" + node.name() + "\" not found");
            return;
        }
        sheet.field(1, "HolderIdentity", lease.textOr("<unset>", "spec", "holderIdentity"));
        sheet.field(1, "AcquireTime", sheet.longTime(lease.text("spec", "acquireTime")));
        sheet.field(1, "RenewTime", sheet.longTime(lease.text("spec", "renewTime")));
    }

    private static void conditions(Tree node, Sheet sheet) {
        List<Tree> conditions = node.items("status", "conditions");
        if (conditions.isEmpty()) {
            return;
        }
        sheet.line(0, "Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
        sheet.line(1, "----\t------\t-----------------\t------------------\t------\t-------");
        for (Tree condition : conditions) {
            sheet.line(
                    1,
                    condition.text("type") + " \t" + condition.text("status") + " \t"
                            + time(condition.text("lastHeartbeatTime"), sheet) + " \t"
                            + time(condition.text("lastTransitionTime"), sheet) + " \t" + condition.text("reason")
                            + " \t" + condition.text("message"));
        }
    }

    private static String time(String timestamp, Sheet sheet) {
        return timestamp.isEmpty() ? "Mon, 01 Jan 0001 00:00:00 +0000" : sheet.longTime(timestamp);
    }

    private static void resources(String title, Map<String, String> amounts, Sheet sheet) {
        if (!amounts.isEmpty()) {
            sheet.line(0, title + ":");
            amounts.forEach((name, amount) -> sheet.field(1, name, amount));
        }
    }

    private static void systemInfo(Tree node, Sheet sheet) {
        Tree info = node.at("status", "nodeInfo");
        sheet.line(0, "System Info:");
        sheet.field(1, "Machine ID", info.text("machineID"));
        sheet.field(1, "System UUID", info.text("systemUUID"));
        sheet.field(1, "Boot ID", info.text("bootID"));
        sheet.field(1, "Kernel Version", info.text("kernelVersion"));
        sheet.field(1, "OS Image", info.text("osImage"));
        sheet.field(1, "Operating System", info.text("operatingSystem"));
        sheet.field(1, "Architecture", info.text("architecture"));
        sheet.field(1, "Container Runtime Version", info.text("containerRuntimeVersion"));
        sheet.field(1, "Kubelet Version", info.text("kubeletVersion"));
        if (node.has("spec", "podCIDR")) {
            sheet.field(0, "PodCIDR", node.text("spec", "podCIDR"));
        }
        if (!node.texts("spec", "podCIDRs").isEmpty()) {
            sheet.field(0, "PodCIDRs", String.join(",", node.texts("spec", "podCIDRs")));
        }
        if (node.has("spec", "providerID")) {
            sheet.field(0, "ProviderID", node.text("spec", "providerID"));
        }
    }

    private static void pods(Tree node, Sheet sheet, Cluster cluster) {
        List<Tree> pods = cluster.list(Urls.query(
                "/api/v1/pods",
                Map.of(
                        "fieldSelector",
                        "spec.nodeName=" + node.name() + ",status.phase!=Succeeded,status.phase!=Failed")));
        Map<String, Quantity> requests = new TreeMap<>();
        Map<String, Quantity> limits = new TreeMap<>();
        sheet.line(0, "Non-terminated Pods:\t(" + pods.size() + " in total)");
        sheet.line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
        sheet.line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
        Tree allocatable = node.at("status", node.has("status", "allocatable") ? "allocatable" : "capacity");
        for (Tree pod : pods) {
            Map<String, Quantity> asked = PodResources.total(pod, "requests");
            Map<String, Quantity> most = PodResources.total(pod, "limits");
            asked.forEach((name, amount) -> requests.merge(name, amount, Quantity::plus));
            most.forEach((name, amount) -> limits.merge(name, amount, Quantity::plus));
            sheet.line(
                    1,
                    pod.namespace() + "\t" + pod.name() + "\t\t" + share(asked, "cpu", allocatable) + "\t"
                            + share(most, "cpu", allocatable) + "\t" + share(asked, "memory", allocatable) + "\t"
                            + share(most, "memory", allocatable) + "\t"
                            + Ages.since(pod.text("metadata", "creationTimestamp"), sheet.clock()));
        }
        sheet.line(0, "Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)");
        sheet.line(1, "Resource\tRequests\tLimits");
        sheet.line(1, "--------\t--------\t------");
        Map<String, String> shown = new LinkedHashMap<>();
        List.of("cpu", "memory", "ephemeral-storage").forEach(name -> shown.put(name, ""));
        allocatable.textMap().keySet().stream()
                .filter(name -> name.startsWith("hugepages-"))
                .forEach(name -> shown.put(name, ""));
        allocatable.textMap().keySet().stream()
                .filter(name -> !shown.containsKey(name) && !"pods".equals(name))
                .forEach(name -> shown.put(name, "plain"));
        shown.forEach((name, plain) -> sheet.line(
                1,
                plain.isEmpty()
                        ? name + "\t" + share(requests, name, allocatable) + "\t" + share(limits, name, allocatable)
                        : name + "\t" + requests.getOrDefault(name, Quantity.ZERO) + "\t"
                                + limits.getOrDefault(name, Quantity.ZERO)));
    }

    /** {@code 100m (5%)}, of what the node can give. */
    private static String share(Map<String, Quantity> amounts, String name, Tree allocatable) {
        Quantity amount = amounts.getOrDefault(name, Quantity.ZERO);
        String whole = allocatable.text(name);
        BigDecimal total =
                whole.isEmpty() ? BigDecimal.ZERO : Quantity.parse(whole).value();
        long percent = total.signum() == 0
                ? 0
                : amount.value()
                        .multiply(BigDecimal.valueOf(100))
                        .divide(total, 0, RoundingMode.DOWN)
                        .longValue();
        return amount + " (" + percent + "%)";
    }
}
