package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/** What a Job's pod failure policy says of a failed pod, and its success policy of the indexes that succeeded. */
final class JobPolicies {
    private JobPolicies() {}

    /**
     * The rule that a failed pod meets.
     *
     * @param action {@code FailJob}, {@code FailIndex}, {@code Ignore} or {@code Count}; empty where no rule is met
     * @param message why, where it fails the job
     */
    record Verdict(String action, String message) {
        static final Verdict NONE = new Verdict("", "");

        /** Whether it counts towards the back-off limits. */
        boolean counts() {
            return !action.equals("Ignore");
        }
    }

    static Verdict judge(KubeObject job, KubeObject pod) {
        List<Map<String, Object>> rules = job.maps("spec", "podFailurePolicy", "rules");
        for (int i = 0; i < rules.size(); i++) {
            KubeObject rule = KubeObject.of(rules.get(i));
            String why = rule.at("onExitCodes") != null ? exitCode(rule, pod) : condition(rule, pod);
            if (!why.isEmpty()) {
                String action = rule.text("action");
                return new Verdict(action, why + " matching " + action + " rule at index " + i);
            }
        }
        return Verdict.NONE;
    }

    private static String exitCode(KubeObject rule, KubeObject pod) {
        KubeObject status = exited(rule, pod, "containerStatuses");
        status = status != null ? status : exited(rule, pod, "initContainerStatuses");
        return status == null
                ? ""
                : "Container " + status.text("name") + " for pod " + pod.namespace() + "/" + pod.name()
                        + " failed with exit code " + status.number(0, "state", "terminated", "exitCode");
    }

    private static @Nullable KubeObject exited(KubeObject rule, KubeObject pod, String statuses) {
        String container = rule.text("onExitCodes", "containerName");
        List<?> values = rule.at("onExitCodes", "values") instanceof List<?> list ? list : List.of();
        boolean in = rule.text("onExitCodes", "operator").equals("In");
        for (Map<String, Object> tree : pod.maps("status", statuses)) {
            KubeObject status = KubeObject.of(tree);
            long code = status.number(0, "state", "terminated", "exitCode");
            boolean named = container.isEmpty() || container.equals(status.text("name"));
            if (named && code != 0 && values.contains(code) == in) {
                return status;
            }
        }
        return null;
    }

    private static String condition(KubeObject rule, KubeObject pod) {
        for (Map<String, Object> condition : pod.maps("status", "conditions")) {
            for (Map<String, Object> pattern : rule.maps("onPodConditions")) {
                String status = Trees.text(pattern, "status");
                if (Trees.text(condition, "type").equals(Trees.text(pattern, "type"))
                        && Trees.text(condition, "status").equals(status.isEmpty() ? "True" : status)) {
                    return "Pod " + pod.namespace() + "/" + pod.name() + " has condition "
                            + Trees.text(condition, "type");
                }
            }
        }
        return "";
    }

    /** The index of the success policy's first rule that is met; -1 where none is. */
    static int success(KubeObject job, NavigableSet<Long> succeeded) {
        List<Map<String, Object>> rules = job.maps("spec", "successPolicy", "rules");
        for (int i = 0; i < rules.size() && !succeeded.isEmpty(); i++) {
            KubeObject rule = KubeObject.of(rules.get(i));
            long count = rule.number(Long.MAX_VALUE, "succeededCount");
            if (rule.at("succeededIndexes") == null) {
                if (succeeded.size() >= count) {
                    return i;
                }
                continue;
            }
            NavigableSet<Long> wanted =
                    JobIndexes.parse(rule.text("succeededIndexes"), job.number(0, "spec", "completions"));
            long there = wanted.stream().filter(succeeded::contains).count();
            if (!wanted.isEmpty() && (there == wanted.size() || there >= count)) {
                return i;
            }
        }
        return -1;
    }
}
