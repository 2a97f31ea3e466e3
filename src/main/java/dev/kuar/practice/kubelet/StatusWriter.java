package dev.kuar.practice.kubelet;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the API what has become of one pod, where it doesn't know yet. Not thread-safe. */
final class StatusWriter {
    private final NodeAgent node;
    private @Nullable Map<String, Object> written;
    private @Nullable Map<String, Object> stored;

    StatusWriter(NodeAgent node) {
        this.node = node;
    }

    /**
     * How it went.
     *
     * @param answer the pod as it is stored now; empty where nothing was to be told, or nobody took it
     * @param again whether to try once more
     */
    record Result(Optional<KubeObject> answer, boolean again) {
        private static final Result NOTHING = new Result(Optional.empty(), false);
    }

    Result write(KubeObject pod, Map<String, Object> status) {
        Map<String, Object> there = pod.map("status");
        if (status.equals(there) || status.equals(written) && there.equals(stored)) {
            return Result.NOTHING;
        }
        KubeObject changed = pod.copy();
        changed.set(status, "status");
        try {
            KubeObject answer = node.api().updateSubresource(Resources.PODS, "status", changed);
            written = status;
            stored = answer.map("status");
            return new Result(Optional.of(answer), false);
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                node.events().pod(pod, "", "Warning", "FailedToUpdateStatus", String.valueOf(e.getMessage()));
            }
            return new Result(Optional.empty(), !e.isNotFound());
        }
    }
}
