package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a Job asks of its pods. */
final class JobPods {
    static final String TRACKING = "batch.kubernetes.io/job-tracking";
    static final String INDEX = "batch.kubernetes.io/job-completion-index";
    static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
    static final String IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count";

    /** Longest that a generated name's beginning may be. */
    private static final int PREFIX = 58;

    private JobPods() {}

    /** A pod of the job, with the finalizer that keeps it until it is counted; without a name. */
    static KubeObject make(KubeObject job) {
        KubeObject pod = PodControl.fromTemplate(job, job.map("spec", "template"));
        List<Object> finalizers = new ArrayList<>(pod.finalizers());
        if (!finalizers.contains(TRACKING)) {
            finalizers.add(TRACKING);
        }
        pod.set(finalizers, "metadata", "finalizers");
        return pod;
    }

    /** Makes a pod the one of an index: its name, its annotation and label, its environment. */
    static void number(KubeObject job, KubeObject pod, long index) {
        String text = String.valueOf(index);
        String end = "-" + index + "-";
        int longest = PREFIX - end.length();
        String start = job.name().length() > longest ? job.name().substring(0, longest) : job.name();
        pod.set(start + end, "metadata", "generateName");
        pod.set(job.name() + "-" + index, "spec", "hostname");
        pod.set(text, "metadata", "annotations", INDEX);
        pod.set(text, "metadata", "labels", INDEX);
        for (String kind : List.of("initContainers", "containers")) {
            pod.maps("spec", kind).forEach(JobPods::tellIndex);
        }
    }

    private static void tellIndex(Map<String, Object> container) {
        List<Object> env = new ArrayList<>(KubeObject.of(container).maps("env"));
        if (env.stream()
                .anyMatch(each -> each instanceof Map<?, ?> map && "JOB_COMPLETION_INDEX".equals(map.get("name")))) {
            return;
        }
        env.add(Trees.map(
                "name",
                "JOB_COMPLETION_INDEX",
                "valueFrom",
                Trees.map("fieldRef", Trees.map("fieldPath", "metadata.labels['" + INDEX + "']"))));
        container.put("env", env);
    }

    static boolean isIndexed(KubeObject job) {
        return job.text("spec", "completionMode").equals("Indexed");
    }

    static boolean limitsEachIndex(KubeObject job) {
        return isIndexed(job) && job.at("spec", "backoffLimitPerIndex") != null;
    }

    static boolean isFinished(KubeObject job) {
        return Trees.isTrue(job, "Complete") || Trees.isTrue(job, "Failed");
    }

    /** Whether another controller looks after the job. */
    static boolean isManagedElsewhere(KubeObject job) {
        String by = job.text("spec", "managedBy");
        return !by.isEmpty() && !by.equals("kubernetes.io/job-controller");
    }

    static boolean isTracked(KubeObject pod) {
        return pod.finalizers().contains(TRACKING);
    }

    static boolean succeeded(KubeObject pod) {
        return pod.text("status", "phase").equals("Succeeded");
    }

    /** One that is being deleted counts as failed at once, unless only what has failed is replaced. */
    static boolean failed(KubeObject job, KubeObject pod) {
        String phase = pod.text("status", "phase");
        return phase.equals("Failed") || !replacesOnlyFailed(job) && pod.isTerminating() && !phase.equals("Succeeded");
    }

    /** Whether a pod is replaced only when it has ended, not while it is ending. */
    static boolean replacesOnlyFailed(KubeObject job) {
        return job.text("spec", "podReplacementPolicy").equals("Failed") || job.at("spec", "podFailurePolicy") != null;
    }

    /** -1 where it has none. */
    static long index(KubeObject pod) {
        try {
            return Math.max(-1, Long.parseLong(pod.annotations().getOrDefault(INDEX, "-1")));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Whether the pod belongs to an index of the job, or the job has none. */
    static boolean hasPlace(KubeObject job, KubeObject pod) {
        long index = index(pod);
        return !isIndexed(job) || index >= 0 && index < job.number(0, "spec", "completions");
    }

    static long failures(KubeObject pod) {
        return count(pod, FAILURES);
    }

    static long ignoredFailures(KubeObject pod) {
        return count(pod, IGNORED);
    }

    private static long count(KubeObject pod, String annotation) {
        try {
            long count = Long.parseLong(pod.annotations().getOrDefault(annotation, "0"));
            return count < 0 || count > Integer.MAX_VALUE ? 0 : count;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** When the last container ended, or readiness, or the pod's deletion began; else the pod's creation. */
    static Instant finishedAt(KubeObject pod) {
        Instant at = last(pod.maps("status", "containerStatuses"));
        Set<String> sidecars = new HashSet<>();
        pod.maps("spec", "initContainers").stream()
                .filter(container -> "Always".equals(container.get("restartPolicy")))
                .forEach(container -> sidecars.add(Trees.text(container, "name")));
        if (!sidecars.isEmpty()) {
            Instant sidecar = last(pod.maps("status", "initContainerStatuses").stream()
                    .filter(status -> sidecars.contains(Trees.text(status, "name")))
                    .toList());
            at = sidecar.isAfter(at) ? sidecar : at;
        }
        Map<String, Object> ready = Trees.condition(pod, "Ready");
        if (at.equals(Instant.MIN) && "False".equals(ready.get("status"))) {
            at = PodState.time(Trees.text(ready, "lastTransitionTime"));
        }
        if (at.equals(Instant.MIN) && pod.isTerminating()) {
            at = PodState.time(pod.text("metadata", "deletionTimestamp"))
                    .minusSeconds(pod.number(0, "metadata", "deletionGracePeriodSeconds"));
        }
        return at.equals(Instant.MIN) ? PodState.created(pod) : at;
    }

    private static Instant last(List<Map<String, Object>> statuses) {
        Instant latest = Instant.MIN;
        for (Map<String, Object> status : statuses) {
            Instant at = PodState.time(KubeObject.of(status).text("state", "terminated", "finishedAt"));
            if (at.equals(Instant.MIN)) {
                return at;
            }
            latest = at.isAfter(latest) ? at : latest;
        }
        return latest;
    }
}
