package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableSet;
import java.util.stream.Stream;

/** Whether and why a Job ends: what was decided before, then failures, then what its success policy says. */
final class JobEnding {
    private final ControllerContext context;
    private final JobLook look;
    private final KubeObject job;

    private JobEnding(ControllerContext context, JobLook look) {
        this.context = context;
        this.look = look;
        this.job = look.job;
    }

    /** A condition: {@code SuccessCriteriaMet}, {@code FailureTarget}, or {@code Failed} where that was told before; or empty. */
    static Map<String, Object> of(ControllerContext context, JobLook look) {
        JobEnding ending = new JobEnding(context, look);
        return Stream.<java.util.function.Supplier<Map<String, Object>>>of(
                        ending::decided, ending::byFailurePolicy, ending::byLimit, ending::byIndexes, ending::bySuccess)
                .map(java.util.function.Supplier::get)
                .filter(condition -> !condition.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    static Map<String, Object> condition(
            ControllerContext context, String type, String status, String reason, String message) {
        String now = context.now();
        return Trees.map(
                "lastProbeTime",
                now,
                "lastTransitionTime",
                now,
                "message",
                message,
                "reason",
                reason,
                "status",
                status,
                "type",
                type);
    }

    static Map<String, Object> completed(ControllerContext context) {
        return condition(
                context,
                "SuccessCriteriaMet",
                "True",
                "CompletionsReached",
                "Reached expected number of succeeded pods");
    }

    private Map<String, Object> fail(String reason, String message) {
        return condition(context, "FailureTarget", "True", reason, message);
    }

    private Map<String, Object> decided() {
        if (Trees.isTrue(job, "SuccessCriteriaMet")) {
            return Trees.condition(job, "SuccessCriteriaMet");
        }
        if (Trees.isTrue(job, "FailureTarget")) {
            Map<String, Object> target = Trees.condition(job, "FailureTarget");
            return condition(context, "Failed", "True", Trees.text(target, "reason"), Trees.text(target, "message"));
        }
        return Map.of();
    }

    private Map<String, Object> byFailurePolicy() {
        for (KubeObject pod : look.pods) {
            if (JobPods.failed(job, pod)) {
                JobPolicies.Verdict verdict = JobPolicies.judge(job, pod);
                if (verdict.action().equals("FailJob")) {
                    return fail("PodFailurePolicy", verdict.message());
                }
            }
        }
        return Map.of();
    }

    private Map<String, Object> byLimit() {
        if (look.failed > job.number(6, "spec", "backoffLimit") || restartsTooOften()) {
            return fail("BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }
        Instant due = deadline();
        return !due.equals(Instant.MIN) && !due.isAfter(context.instant())
                ? fail("DeadlineExceeded", "Job was active longer than specified deadline")
                : Map.of();
    }

    private boolean restartsTooOften() {
        if (!job.text("spec", "template", "spec", "restartPolicy").equals("OnFailure")) {
            return false;
        }
        long restarts = look.pods.stream()
                .filter(pod -> pod.text("status", "phase").equals("Running")
                        || pod.text("status", "phase").equals("Pending"))
                .flatMap(pod -> Stream.of("initContainerStatuses", "containerStatuses")
                        .flatMap(kind -> pod.maps("status", kind).stream()))
                .mapToLong(status -> Trees.number(status, "restartCount", 0))
                .sum();
        return restarts >= Math.max(1, job.number(6, "spec", "backoffLimit"));
    }

    private Instant deadline() {
        Instant started = PodState.time(job.text("status", "startTime"));
        return look.isSuspended() || !(job.at("spec", "activeDeadlineSeconds") instanceof Number seconds)
                ? Instant.MIN
                : context.due(started, seconds.longValue());
    }

    /** When the job has been active for too long. */
    static Next deadline(ControllerContext context, JobLook look) {
        Instant due = new JobEnding(context, look).deadline();
        return due.equals(Instant.MIN) ? Next.ON_CHANGE : Next.at(due, context.instant());
    }

    private Map<String, Object> byIndexes() {
        NavigableSet<Long> failed = look.failedIndexes;
        if (failed == null || failed.isEmpty()) {
            return Map.of();
        }
        if (failed.size() > job.number(Long.MAX_VALUE, "spec", "maxFailedIndexes")) {
            return fail("MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes");
        }
        return failed.size() + look.completed.size() >= job.number(1, "spec", "completions")
                ? fail("FailedIndexes", "Job has failed indexes")
                : Map.of();
    }

    private Map<String, Object> bySuccess() {
        int rule = look.indexed ? JobPolicies.success(job, look.completed) : -1;
        return rule < 0
                ? Map.of()
                : condition(context, "SuccessCriteriaMet", "True", "SuccessPolicy", "Matched rules at index " + rule);
    }
}
