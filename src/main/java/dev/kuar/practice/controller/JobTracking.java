package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the tracking finalizer off pods of Jobs and writes Jobs' statuses, and knows what informers do not show yet. Thread-safe. */
final class JobTracking {
    private final ApiClient client;
    private final Map<Key, Set<String>> releasing = new HashMap<>();
    private final Map<String, Long> written = new HashMap<>();

    JobTracking(ApiClient client) {
        this.client = client;
    }

    /** Uids of pods whose finalizer was taken off and whose change has not been seen. A copy. */
    synchronized Set<String> releasing(Key job) {
        return Set.copyOf(releasing.getOrDefault(job, Set.of()));
    }

    /** The pod was seen without its finalizer, or is gone. */
    synchronized void released(Key job, String uid) {
        Set<String> uids = releasing.get(job);
        if (uids != null && uids.remove(uid) && uids.isEmpty()) {
            releasing.remove(job);
        }
    }

    private synchronized void awaitRelease(Key job, String uid) {
        releasing.computeIfAbsent(job, key -> new HashSet<>()).add(uid);
    }

    synchronized void forget(Key job, String uid) {
        releasing.remove(job);
        written.remove(uid);
    }

    /** Whether the job is at least as new as what was last written of it. */
    synchronized boolean isCurrent(KubeObject job) {
        Long last = written.get(job.uid());
        if (last != null && Long.parseLong(job.resourceVersion()) < last) {
            return false;
        }
        written.remove(job.uid());
        return true;
    }

    /** The job with its status as it then is: a copy of the caller's own. */
    KubeObject write(KubeObject job) {
        KubeObject now = client.updateSubresource(Kinds.JOBS, "status", job);
        synchronized (this) {
            written.put(now.uid(), Long.parseLong(now.resourceVersion()));
        }
        return now.copy();
    }

    /** Takes the finalizer off, if it is there. */
    void release(KubeObject pod) {
        if (JobPods.isTracked(pod)) {
            client.patch(
                    Kinds.PODS,
                    pod.namespace(),
                    pod.name(),
                    "",
                    ApiClient.PatchType.STRATEGIC,
                    Trees.map(
                            "metadata",
                            Trees.map("$deleteFromPrimitiveList/finalizers", Trees.list(JobPods.TRACKING))));
        }
    }

    /**
     * Takes the finalizers off pods of one job.
     *
     * @param held uids of pods that have one; those that lose it are taken out
     * @return the first failure; null for none
     */
    @Nullable
    ApiException releaseAll(Key job, List<KubeObject> pods, Set<String> held) {
        List<ApiException> failures = new ArrayList<>();
        for (KubeObject pod : pods) {
            awaitRelease(job, pod.uid());
            try {
                release(pod);
                held.remove(pod.uid());
            } catch (ApiException e) {
                released(job, pod.uid());
                if (e.isNotFound()) {
                    held.remove(pod.uid());
                } else {
                    failures.add(e);
                }
            }
        }
        return failures.isEmpty() ? null : failures.get(0);
    }
}
