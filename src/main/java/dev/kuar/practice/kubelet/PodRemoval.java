package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient.DeleteOptions;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;

/** Takes a pod out of the API once nothing of it runs. */
final class PodRemoval {
    private PodRemoval() {}

    /** Whether it is gone, or was already; false where that is to be tried again. */
    static boolean now(NodeAgent node, KubeObject pod) {
        try {
            node.api()
                    .delete(
                            Resources.PODS,
                            pod.namespace(),
                            pod.name(),
                            new DeleteOptions("", 0, Map.of("uid", pod.uid())));
        } catch (ApiException e) {
            return e.isNotFound() || e.isConflict();
        }
        return true;
    }
}
