package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** What a Job asks of its pods. */
final class JobPods {
    private JobPods() {}

    /** Makes a pod the one of an index: its name, its annotation and label, its environment. */
    static void number(KubeObject job, KubeObject pod, long index) {
        String text = String.valueOf(index);
        pod.set(job.name() + "-" + index + "-", "metadata", "generateName");
        pod.set(job.name() + "-" + index, "spec", "hostname");
        pod.set(text, "metadata", "annotations", JobController.INDEX);
        pod.set(text, "metadata", "labels", JobController.INDEX);
        Map<String, Object> variable = Trees.map(
                "name",
                "JOB_COMPLETION_INDEX",
                "valueFrom",
                Trees.map("fieldRef", Trees.map("fieldPath", "metadata.labels['" + JobController.INDEX + "']")));
        for (String kind : List.of("initContainers", "containers")) {
            for (Map<String, Object> container : pod.maps("spec", kind)) {
                List<Object> env = new ArrayList<>(KubeObject.of(container).maps("env"));
                env.add(KubeObject.copyOf(variable));
                container.put("env", env);
            }
        }
    }

    /** When the last container ended; the pod's creation where that is not told. */
    static Instant finishedAt(KubeObject pod) {
        Instant latest = PodState.created(pod);
        for (Map<String, Object> status : pod.maps("status", "containerStatuses")) {
            Instant at = PodState.time(KubeObject.of(status).text("state", "terminated", "finishedAt"));
            latest = at.isAfter(latest) ? at : latest;
        }
        return latest;
    }

    /** Whether the pod failure policy says that this failure ends the job. */
    static boolean failsJob(KubeObject job, KubeObject pod) {
        for (Map<String, Object> tree : job.maps("spec", "podFailurePolicy", "rules")) {
            KubeObject rule = KubeObject.of(tree);
            if (matches(rule, pod)) {
                return rule.text("action").equals("FailJob");
            }
        }
        return false;
    }

    private static boolean matches(KubeObject rule, KubeObject pod) {
        List<Map<String, Object>> patterns = rule.maps("onPodConditions");
        if (patterns.stream().anyMatch(p -> Trees.isTrue(pod, Trees.text(p, "type")))) {
            return true;
        }
        String container = rule.text("onExitCodes", "containerName");
        List<?> values = rule.at("onExitCodes", "values") instanceof List<?> list ? list : List.of();
        boolean in = rule.text("onExitCodes", "operator").equals("In");
        for (Map<String, Object> tree : pod.maps("status", "containerStatuses")) {
            KubeObject status = KubeObject.of(tree);
            long code = status.number(0, "state", "terminated", "exitCode");
            boolean named = container.isEmpty() || container.equals(status.text("name"));
            if (named && code != 0 && values.contains(code) == in && rule.at("onExitCodes") != null) {
                return true;
            }
        }
        return false;
    }

    /** {@code 0-2,4}. */
    static String ranges(SortedSet<Long> numbers) {
        StringBuilder text = new StringBuilder();
        long from = -2;
        long last = -2;
        for (long number : numbers) {
            if (number != last + 1) {
                close(text, from, last);
                from = number;
            }
            last = number;
        }
        close(text, from, last);
        return text.toString();
    }

    private static void close(StringBuilder text, long from, long last) {
        if (from >= 0) {
            text.append(text.length() == 0 ? "" : ",").append(from).append(last > from ? "-" + last : "");
        }
    }
}
