package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.PodResources;
import java.util.List;
import java.util.Map;

/**
 * Whether a container that has ended is started again: its own rules for exit codes come first, then its own policy, then the
 * pod's. Models the container restart rules of Kubernetes 1.36.
 */
final class RestartRules {
    /** Why a container waits that was taken away to be started anew with its whole pod. */
    static final String RESTARTING = "RestartingAllContainers";

    private static final String ALL = "RestartAllContainers";

    private RestartRules() {}

    /** Whether any container of the pod may have all of them started anew. */
    static boolean mayRestartAll(KubeObject pod) {
        return PodResources.containers(pod).stream()
                .flatMap(each -> KubeObject.of(each).maps("restartPolicyRules").stream())
                .anyMatch(rule -> ALL.equals(rule.get("action")));
    }

    /** Whether all containers are started anew because this one has ended so. */
    static boolean restartsAll(ContainerRecord record, int code) {
        return action(record.spec(), code).equals(ALL);
    }

    /** @param kind a sidecar always is, whatever the pod says */
    static boolean restarts(KubeObject pod, ContainerRecord record, int code) {
        String own = record.spec().text("restartPolicy");
        if (!own.isEmpty()) {
            String action = action(record.spec(), code);
            return !action.isEmpty() || byPolicy(own, code);
        }
        return byPolicy(pod.text("spec", "restartPolicy"), code);
    }

    /** Whether a container that is killed because a probe failed is started again, which its exit code does not decide. */
    static boolean restartsAfterProbe(KubeObject pod, ContainerRecord record) {
        String own = record.spec().text("restartPolicy");
        return !(own.isEmpty() ? pod.text("spec", "restartPolicy") : own).equals("Never");
    }

    private static boolean byPolicy(String policy, int code) {
        return !policy.equals("Never") && !(policy.equals("OnFailure") && code == 0);
    }

    /** What the first rule that fits an exit code says; empty where none does. */
    private static String action(KubeObject container, int code) {
        for (Map<String, Object> entry : container.maps("restartPolicyRules")) {
            KubeObject rule = KubeObject.of(entry);
            boolean listed = rule.at("exitCodes", "values") instanceof List<?> values
                    && values.stream().anyMatch(value -> value instanceof Number number && number.intValue() == code);
            String operator = rule.text("exitCodes", "operator");
            if (operator.equals("In") && listed || operator.equals("NotIn") && !listed) {
                return rule.text("action");
            }
        }
        return "";
    }
}
