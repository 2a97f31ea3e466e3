package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a change of a pod's status must be, as {@code ValidatePodStatusUpdate} asks; of devices nothing is asked. */
final class PodStatusRules {
    private static final Set<String> OWN_CONDITIONS = Set.of("PodScheduled", "Ready", "Initialized");
    private static final String ONE_OF_EACH = "may specify no more than one IP for each IP family";

    private PodStatusRules() {}

    static void check(KubeObject pod, KubeObject old, FieldErrors errors) {
        conditions(pod, errors);
        String node = pod.text("status", "nominatedNodeName");
        if (!node.isEmpty() && !node.equals(old.text("status", "nominatedNodeName"))) {
            errors.syntax("status.nominatedNodeName", node, Syntax.subdomain(node));
            if (!old.text("spec", "nodeName").isEmpty()) {
                errors.forbidden("status.nominatedNodeName", "may not be set on pods that are already bound to a node");
            }
        }
        nonNegative(pod.number(0, "status", "observedGeneration"), "status.observedGeneration", errors);
        if (!Objects.equals(pod.at("status", "qosClass"), old.at("status", "qosClass"))) {
            errors.invalid("status.qosClass", pod.at("status", "qosClass"), "field is immutable");
        }
        for (String list : List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")) {
            states(pod, old, list, errors);
        }
        addresses(pod, old, "podIPs", errors);
        String host = pod.text("status", "hostIP");
        List<Map<String, Object>> hosts = pod.maps("status", "hostIPs");
        if (!hosts.isEmpty() && !host.equals(hosts.get(0).get("ip"))) {
            errors.invalid("status.hostIPs[0].ip", hosts.get(0).get("ip"), "must be equal to `hostIP`");
        }
        addresses(pod, old, "hostIPs", errors);
    }

    private static void conditions(KubeObject pod, FieldErrors errors) {
        List<Map<String, Object>> conditions = pod.maps("status", "conditions");
        for (int i = 0; i < conditions.size(); i++) {
            KubeObject condition = KubeObject.of(conditions.get(i));
            String path = "status.conditions[" + i + "].";
            nonNegative(condition.number(0, "observedGeneration"), path + "observedGeneration", errors);
            String type = condition.text("type");
            if (!OWN_CONDITIONS.contains(type)) {
                errors.syntax(path + "Type", type, Syntax.qualifiedName(type));
            }
        }
    }

    private static void nonNegative(long number, String path, FieldErrors errors) {
        if (number < 0) {
            errors.invalid(path, number, "must be a non-negative integer");
        }
    }

    /** A container that has ended runs again only where its policy or one of its rules has it restarted. */
    private static void states(KubeObject pod, KubeObject old, String list, FieldErrors errors) {
        boolean ephemeral = list.startsWith("ephemeral");
        if (!ephemeral && restartsAll(old)) {
            return;
        }
        List<Map<String, Object>> before = old.maps("status", list);
        for (int i = 0; i < before.size(); i++) {
            KubeObject status = KubeObject.of(before.get(i));
            if (status.at("state", "terminated") == null) {
                continue;
            }
            boolean back = pod.maps("status", list).stream()
                    .map(KubeObject::of)
                    .filter(each -> each.text("name").equals(status.text("name")))
                    .anyMatch(each -> each.at("state", "terminated") == null);
            if (back && (ephemeral || !restarts(old, list, status))) {
                errors.forbidden(
                        "status." + list + "[" + i + "].state", "may not be transitioned to non-terminated state");
            }
        }
    }

    private static boolean restartsAll(KubeObject pod) {
        List<Map<String, Object>> all = new ArrayList<>(pod.maps("spec", "containers"));
        all.addAll(pod.maps("spec", "initContainers"));
        return all.stream()
                .flatMap(each -> KubeObject.of(each).maps("restartPolicyRules").stream())
                .anyMatch(rule -> "RestartAllContainers".equals(rule.get("action")));
    }

    private static boolean restarts(KubeObject pod, String list, KubeObject status) {
        String containers = list.startsWith("init") ? "initContainers" : "containers";
        long code = status.number(0, "state", "terminated", "exitCode");
        for (Map<String, Object> each : pod.maps("spec", containers)) {
            KubeObject container = KubeObject.of(each);
            if (container.text("name").equals(status.text("name"))) {
                String own = container.text("restartPolicy");
                if (!own.isEmpty() && hasRule(container, code)) {
                    return true;
                }
                String policy = own.isEmpty() ? pod.text("spec", "restartPolicy") : own;
                return policy.equals("Always") || policy.equals("OnFailure") && code != 0;
            }
        }
        return false;
    }

    private static boolean hasRule(KubeObject container, long code) {
        for (Map<String, Object> each : container.maps("restartPolicyRules")) {
            KubeObject rule = KubeObject.of(each);
            boolean in = rule.at("exitCodes", "values") instanceof List<?> values && values.contains(code);
            if (rule.text("exitCodes", "operator").equals("NotIn") != in) {
                return rule.text("action").equals("Restart");
            }
        }
        return false;
    }

    private static void addresses(KubeObject pod, KubeObject old, String list, FieldErrors errors) {
        List<Map<String, Object>> all = pod.maps("status", list);
        long fours = 0;
        for (int i = 0; i < all.size(); i++) {
            String address = String.valueOf(all.get(i).getOrDefault("ip", ""));
            boolean known = old.maps("status", list).stream().anyMatch(each -> address.equals(each.get("ip")));
            if (!known) {
                errors.syntax("status." + list + "[" + i + "]", address, Addresses.wrongIp(address));
            }
            fours += Addresses.isV4(address) ? 1 : 0;
        }
        if (all.size() > 2 || all.size() == 2 && fours != 1) {
            List<String> shown = all.stream()
                    .map(each -> "{\"IP\":\"" + each.getOrDefault("ip", "") + "\"}")
                    .toList();
            errors.invalidShown("status." + list, "[" + String.join(",", shown) + "]", ONE_OF_EACH);
        }
    }
}
