package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Status, roles and addresses of a node; health of a component. */
final class NodeCells {
    private static final String ROLE = "node-role.kubernetes.io/";

    private NodeCells() {}

    static void register(Map<String, Cell> cells) {
        cells.put("node.status", node -> status(node));
        cells.put("node.roles", node -> roles(node));
        cells.put("node.internalIP", node -> address(node, "InternalIP"));
        cells.put("node.externalIP", node -> address(node, "ExternalIP"));
        cells.put("node.kernel", node -> {
            String kernel = node.text("status", "nodeInfo", "kernelVersion");
            String architecture = node.text("status", "nodeInfo", "architecture");
            return kernel.isEmpty()
                    ? "<unknown>"
                    : architecture.isEmpty() ? kernel : kernel + " (" + architecture + ")";
        });
        cells.put("component.status", each -> switch (healthy(each, "status")) {
            case "True" -> "Healthy";
            case "False" -> "Unhealthy";
            default -> "Unknown";
        });
        cells.put("component.message", each -> healthy(each, "message"));
        cells.put("component.error", each -> healthy(each, "error"));
    }

    private static String status(KubeObject node) {
        String status = node.maps("status", "conditions").stream()
                .filter(each -> "Ready".equals(each.get("type")))
                .map(each -> "True".equals(each.get("status")) ? "Ready" : "NotReady")
                .findFirst()
                .orElse("Unknown");
        return node.flag("spec", "unschedulable") ? status + ",SchedulingDisabled" : status;
    }

    private static String roles(KubeObject node) {
        Set<String> roles = new TreeSet<>();
        node.labels().forEach((name, value) -> {
            if (name.startsWith(ROLE) && name.length() > ROLE.length()) {
                roles.add(name.substring(ROLE.length()));
            } else if (name.equals("kubernetes.io/role") && !value.isEmpty()) {
                roles.add(value);
            }
        });
        return Cells.orNone(String.join(",", roles));
    }

    private static String address(KubeObject node, String type) {
        return node.maps("status", "addresses").stream()
                .filter(each -> type.equals(each.get("type")))
                .map(each -> KubeObject.of(each).text("address"))
                .findFirst()
                .orElse(Cells.NONE);
    }

    private static String healthy(KubeObject component, String field) {
        return component.maps("conditions").stream()
                .filter(each -> "Healthy".equals(each.get("type")))
                .map(each -> KubeObject.of(each).text(field))
                .findFirst()
                .orElse("");
    }
}
