package dev.kuar.check;

import static dev.kuar.check.Trees.items;
import static dev.kuar.check.Trees.map;
import static dev.kuar.check.Trees.number;
import static dev.kuar.check.Trees.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The words that {@code kubectl get} prints for an object in STATUS and ROLES, computed from the object as the API server does. */
final class Columns {
    private static final String ROLE = "node-role.kubernetes.io/";

    private Columns() {}

    static String condition(Object object, String type) {
        for (Object condition : items(object, "status", "conditions")) {
            if (text(condition, "type").equals(type)) {
                return text(condition, "status");
            }
        }
        return "";
    }

    static boolean ready(Object object) {
        return switch (text(object, "kind")) {
            case "Deployment", "ReplicaSet", "StatefulSet" ->
                number(object, "status", "readyReplicas") == wanted(object)
                        && number(object, "status", "observedGeneration") >= number(object, "metadata", "generation");
            case "DaemonSet" ->
                number(object, "status", "numberReady") == number(object, "status", "desiredNumberScheduled");
            default -> condition(object, "Ready").equals("True");
        };
    }

    static String roles(Object node) {
        String roles = map(node, "metadata", "labels").entrySet().stream()
                .map(Columns::role)
                .filter(r -> !r.isEmpty())
                .sorted()
                .collect(Collectors.joining(","));
        return roles.isEmpty() ? "<none>" : roles;
    }

    static boolean controlPlane(Object node) {
        Map<?, ?> labels = map(node, "metadata", "labels");
        return labels.containsKey(ROLE + "control-plane") || labels.containsKey(ROLE + "master");
    }

    static String status(Object object) {
        return switch (text(object, "kind")) {
            case "Node" -> nodeStatus(object);
            case "Pod" -> PodStatus.of(object);
            default -> text(object, "status", "phase");
        };
    }

    /** {@code DaemonSet/kube-proxy}; empty for an object that nobody controls. */
    static String owner(Object object) {
        List<?> owners = items(object, "metadata", "ownerReferences");
        for (Object owner : owners) {
            if (Boolean.TRUE.equals(Trees.at(owner, "controller")) || owners.size() == 1) {
                return text(owner, "kind") + "/" + text(owner, "name");
            }
        }
        return "";
    }

    private static long wanted(Object object) {
        return Trees.at(object, "spec", "replicas") == null ? 1 : number(object, "spec", "replicas");
    }

    private static String nodeStatus(Object node) {
        String ready = condition(node, "Ready");
        String word = ready.equals("True") ? "Ready" : ready.isEmpty() ? "Unknown" : "NotReady";
        return Boolean.TRUE.equals(Trees.at(node, "spec", "unschedulable")) ? word + ",SchedulingDisabled" : word;
    }

    private static String role(Map.Entry<?, ?> label) {
        String key = String.valueOf(label.getKey());
        if (key.startsWith(ROLE)) {
            return key.substring(ROLE.length());
        }
        return key.equals("kubernetes.io/role") ? String.valueOf(label.getValue()) : "";
    }
}
