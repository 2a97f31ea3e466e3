package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

    /**
     * What the pod failure policy says of a failed pod.
     *
     * @param action {@code FailJob}, {@code FailIndex}, {@code Ignore} or {@code Count}
     * @param message why, where it fails the job
     */
    record Verdict(String action, String message) {
        static final Verdict COUNT = new Verdict("Count", "");
    }

    static Verdict judge(KubeObject job, KubeObject pod) {
        List<Map<String, Object>> rules = job.maps("spec", "podFailurePolicy", "rules");
        for (int i = 0; i < rules.size(); i++) {
            KubeObject rule = KubeObject.of(rules.get(i));
            String action = rule.text("action");
            String who = pod.namespace() + "/" + pod.name();
            String ending = " matching " + action + " rule at index " + i;
            for (Map<String, Object> pattern : rule.maps("onPodConditions")) {
                String type = Trees.text(pattern, "type");
                String status = Trees.text(pattern, "status").isEmpty() ? "True" : Trees.text(pattern, "status");
                if (status.equals(Trees.condition(pod, type).get("status"))) {
                    return new Verdict(action, "Pod " + who + " has condition " + type + ending);
                }
            }
            KubeObject status = rule.at("onExitCodes") == null ? null : matching(rule, pod);
            if (status != null) {
                return new Verdict(
                        action,
                        "Container " + status.text("name") + " for pod " + who + " failed with exit code "
                                + status.number(0, "state", "terminated", "exitCode") + ending);
            }
        }
        return Verdict.COUNT;
    }

    /** The status of the container whose exit code a rule speaks of. */
    private static @Nullable KubeObject matching(KubeObject rule, KubeObject pod) {
        String container = rule.text("onExitCodes", "containerName");
        List<?> values = rule.at("onExitCodes", "values") instanceof List<?> list ? list : List.of();
        boolean in = rule.text("onExitCodes", "operator").equals("In");
        for (String kind : List.of("containerStatuses", "initContainerStatuses")) {
            for (Map<String, Object> tree : pod.maps("status", kind)) {
                KubeObject status = KubeObject.of(tree);
                long code = status.number(0, "state", "terminated", "exitCode");
                boolean named = container.isEmpty() || container.equals(status.text("name"));
                if (named && code != 0 && values.contains(code) == in) {
                    return status;
                }
            }
        }
        return null;
    }

    /** Whether a pod is replaced only when it has ended, not while it is ending. */
    static boolean replacesOnlyFailed(KubeObject job) {
        String policy = job.text("spec", "podReplacementPolicy");
        return policy.isEmpty() ? job.at("spec", "podFailurePolicy") != null : policy.equals("Failed");
    }

    /** The index of the success policy's rule that holds; -1 where none does. */
    static int success(KubeObject job, NavigableSet<Long> done) {
        List<Map<String, Object>> rules = job.maps("spec", "successPolicy", "rules");
        for (int i = 0; i < rules.size(); i++) {
            KubeObject rule = KubeObject.of(rules.get(i));
            String chosen = rule.text("succeededIndexes");
            NavigableSet<Long> among = chosen.isEmpty() ? done : numbers(chosen);
            long hits = among.stream().filter(done::contains).count();
            Object count = rule.at("succeededCount");
            long wanted = count instanceof Number number ? number.longValue() : among.size();
            if (hits >= wanted && hits > 0) {
                return i;
            }
        }
        return -1;
    }

    /** Numbers out of {@code 0-2,4}. */
    static NavigableSet<Long> numbers(String ranges) {
        NavigableSet<Long> numbers = new TreeSet<>();
        for (String range : ranges.isEmpty() ? new String[0] : ranges.split(",")) {
            String[] ends = range.split("-");
            for (long i = Long.parseLong(ends[0]); i <= Long.parseLong(ends[ends.length - 1]); i++) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    /** {@code 0-2,4}. */
    static String ranges(NavigableSet<Long> numbers) {
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
