package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is told at the end of a pod about containers that nobody saw end: a pod that was initialized is not known to have done its
 * work. Models {@code TerminatePod} of the kubelet of Kubernetes 1.36.
 */
final class LostContainers {
    private LostContainers() {}

    /** @param status as it is about to be written */
    static void tell(KubeObject pod, Map<String, Object> status) {
        KubeObject told = KubeObject.of(status);
        List<Map<String, Object>> main = told.maps("containerStatuses");
        List<Map<String, Object>> init = told.maps("initContainerStatuses");
        if (isInitialized(pod, main, init)) {
            main.forEach(LostContainers::lose);
        }
        int last = init.size() - 1;
        while (last > 0 && waits(init.get(last)) && !ended(init.get(last), "lastState")) {
            last--;
        }
        for (int i = 0; i <= last; i++) {
            lose(init.get(i));
        }
    }

    private static boolean isInitialized(
            KubeObject pod, List<Map<String, Object>> main, List<Map<String, Object>> init) {
        if (init.isEmpty() || main.stream().anyMatch(each -> !waits(each) || ended(each, "lastState"))) {
            return true;
        }
        Map<String, Object> last = init.get(init.size() - 1);
        boolean sidecar = pod.maps("spec", "initContainers").stream()
                .anyMatch(each -> Objects.equals(each.get("name"), last.get("name"))
                        && "Always".equals(each.get("restartPolicy")));
        KubeObject status = KubeObject.of(last);
        return sidecar
                ? status.at("state", "running") != null && status.flag("started")
                : succeeded(status, "state") || succeeded(status, "lastState");
    }

    private static boolean succeeded(KubeObject status, String field) {
        return status.at(field, "terminated") != null && status.number(1, field, "terminated", "exitCode") == 0;
    }

    private static boolean waits(Map<String, Object> status) {
        return KubeObject.of(status).at("state", "waiting") != null;
    }

    private static boolean ended(Map<String, Object> status, String field) {
        return KubeObject.of(status).at(field, "terminated") != null;
    }

    private static void lose(Map<String, Object> status) {
        if (!ended(status, "state")) {
            status.put(
                    "state",
                    Map.of(
                            "terminated",
                            end(
                                    "ContainerStatusUnknown",
                                    "The container could not be located when the pod was terminated")));
        }
    }

    /** How a container ended that nobody saw end. */
    static Map<String, Object> end(String reason, String message) {
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("exitCode", 137L);
        end.put("reason", reason);
        end.put("message", message);
        end.put("startedAt", null);
        end.put("finishedAt", null);
        return end;
    }
}
