package dev.kuar.practice.schema;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a job's status must be, as {@code ValidateJobUpdateStatus} asks with the options of the registry: most is
 * asked only where what it is about has changed.
 */
final class JobStatusRules {
    private final KubeObject job;
    private final KubeObject old;
    private final FieldErrors errors;
    private final boolean complete;
    private final boolean failed;
    private final boolean met;
    private final boolean target;

    JobStatusRules(KubeObject job, KubeObject old, FieldErrors errors) {
        this.job = job;
        this.old = old;
        this.errors = errors;
        complete = StatusChecks.isTrue(job, "Complete");
        failed = StatusChecks.isTrue(job, "Failed");
        met = StatusChecks.isTrue(job, "SuccessCriteriaMet");
        target = StatusChecks.isTrue(job, "FailureTarget");
    }

    void check() {
        uncounted();
        boolean completeChanged = complete != StatusChecks.isTrue(old, "Complete");
        boolean failedChanged = failed != StatusChecks.isTrue(old, "Failed");
        condition(
                (completeChanged || failedChanged) && complete && failed,
                "cannot set Complete=True and Failed=true conditions");
        condition(
                (completeChanged || target != StatusChecks.isTrue(old, "FailureTarget")) && complete && target,
                "cannot set Complete=True and FailureTarget=true conditions");
        times(completeChanged);
        condition(
                (failedChanged || changed("failedIndexes")) && failed && !target,
                "cannot set Failed=True condition without the FailureTarget=true condition");
        condition(
                (completeChanged || met != StatusChecks.isTrue(old, "SuccessCriteriaMet")) && complete && !met,
                "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
        finished();
        indexes();
        ready();
        condition(met && failed, "cannot set SuccessCriteriaMet=True and Failed=true conditions");
        condition(met && target, "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
        condition(
                job.at("spec", "successPolicy") != null && !met && complete,
                "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
        changes();
    }

    private void uncounted() {
        Set<Object> seen = new HashSet<>();
        for (String list : List.of("succeeded", "failed")) {
            List<String> pods = job.texts("status", "uncountedTerminatedPods", list);
            for (int i = 0; i < pods.size(); i++) {
                String path = "status.uncountedTerminatedPods." + list + "[" + i + "]";
                if (pods.get(i).isEmpty()) {
                    errors.invalid(path, "", "must not be empty");
                } else if (!seen.add(pods.get(i))) {
                    errors.duplicate(path, pods.get(i));
                }
            }
        }
    }

    private void times(boolean completeChanged) {
        Object end = job.at("status", "completionTime");
        Object start = job.at("status", "startTime");
        boolean asked = completeChanged || changed("completionTime");
        if (asked && end != null && !complete) {
            errors.invalid(
                    "status.completionTime", end, "cannot set completionTime when there is no Complete=True condition");
        }
        if (asked && end == null && complete) {
            errors.required("status.completionTime", "completionTime is required for Complete jobs");
        }
        if ((changed("startTime") || changed("completionTime"))
                && start instanceof String from
                && end instanceof String to
                && Instant.parse(to).isBefore(Instant.parse(from))) {
            errors.invalid("status.completionTime", end, "must be equal to or after `startTime`");
        }
    }

    private void finished() {
        boolean over = complete || failed;
        boolean overChanged = over != (StatusChecks.isTrue(old, "Complete") || StatusChecks.isTrue(old, "Failed"));
        if ((overChanged || changed("active")) && over && count(job, "active") > 0) {
            errors.invalid("status.active", count(job, "active"), "active>0 is invalid for finished job");
        }
        boolean idle = job.flag("spec", "suspend") && Objects.equals(job.at("spec", "completions"), 0L);
        if ((overChanged || changed("startTime")) && !idle && over && job.at("status", "startTime") == null) {
            errors.required("status.startTime", "startTime is required for finished job");
        }
        Object uncounted = job.at("status", "uncountedTerminatedPods");
        boolean some = !job.texts("status", "uncountedTerminatedPods", "succeeded")
                        .isEmpty()
                || !job.texts("status", "uncountedTerminatedPods", "failed").isEmpty();
        if ((overChanged || changed("uncountedTerminatedPods")) && over && some) {
            errors.invalid("status.uncountedTerminatedPods", uncounted, "must be empty for finished job");
        }
        terminating = over && (overChanged || changed("terminating")) && count(job, "terminating") > 0;
    }

    private boolean terminating;

    private void indexes() {
        boolean completedChanged = changed("completedIndexes");
        boolean failedChanged = changed("failedIndexes");
        String completed = job.text("status", "completedIndexes");
        Object failedIndexes = job.at("status", "failedIndexes");
        boolean bounded = job.at("spec", "completions") != null;
        long completions = job.number(0, "spec", "completions");
        boolean limited = job.at("spec", "backoffLimitPerIndex") != null;
        if (completedChanged && bounded) {
            format("completedIndexes", completed, completions);
        }
        if (failedChanged && bounded && limited && failedIndexes instanceof String text) {
            format("failedIndexes", text, completions);
        }
        if (completedChanged
                && !completed.isEmpty()
                && !job.text("spec", "completionMode").equals("Indexed")) {
            errors.invalid(
                    "status.completedIndexes",
                    completed,
                    "cannot set non-empty completedIndexes when non-indexed completion mode");
        }
        if (failedChanged && !limited && failedIndexes != null) {
            errors.invalid(
                    "status.failedIndexes",
                    failedIndexes,
                    "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }
        if (terminating) {
            errors.invalid(
                    "status.terminating", count(job, "terminating"), "terminating>0 is invalid for finished job");
        }
    }

    private void format(String field, String indexes, long completions) {
        String wrong = indexes.isEmpty() ? "" : JobIndexes.complaint(indexes, completions);
        if (!wrong.isEmpty()) {
            errors.invalid("status." + field, indexes, "error parsing " + field + ": " + wrong);
        }
    }

    private void ready() {
        long ready = count(job, "ready");
        if ((changed("ready") || changed("active")) && ready > count(job, "active")) {
            errors.invalid("status.ready", ready, "cannot set more ready pods than active");
        }
    }

    private void changes() {
        for (String type : List.of("Failed", "Complete", "FailureTarget")) {
            condition(
                    StatusChecks.isTrue(old, type) && !StatusChecks.isTrue(job, type),
                    "cannot disable the terminal " + type + "=True condition");
        }
        if (count(job, "failed") < count(old, "failed")) {
            errors.invalid("status.failed", count(job, "failed"), "cannot decrease the failed counter");
        }
        boolean elastic = job.text("spec", "completionMode").equals("Indexed")
                && Objects.equals(job.at("spec", "completions"), job.at("spec", "parallelism"));
        if (!elastic && count(job, "succeeded") < count(old, "succeeded")) {
            errors.invalid("status.succeeded", count(job, "succeeded"), "cannot decrease the succeeded counter");
        }
        Object end = job.at("status", "completionTime");
        if (end != null && old.at("status", "completionTime") != null && changed("completionTime")) {
            errors.invalid("status.completionTime", end, "field is immutable");
        }
        boolean resuming = StatusChecks.isTrue(old, "Suspended") && StatusChecks.is(job, "Suspended", "False");
        if (changed("startTime")
                && !resuming
                && old.at("status", "startTime") != null
                && !job.flag("spec", "suspend")) {
            errors.invalidShown(
                    "status.startTime",
                    shown(job.at("status", "startTime")),
                    "field is immutable for unsuspended job once set");
        }
        boolean wasMet = StatusChecks.isTrue(old, "SuccessCriteriaMet");
        condition(wasMet && !met, "cannot disable the SuccessCriteriaMet=True condition");
        condition(
                StatusChecks.isTrue(old, "Complete") && !wasMet && met,
                "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "null" : JsonWriter.text(value);
    }

    private void condition(boolean wrong, String why) {
        if (wrong) {
            errors.invalidUnshown("status.conditions", why);
        }
    }

    private boolean changed(String field) {
        Object now = job.at("status", field);
        Object before = old.at("status", field);
        return !Objects.equals(now == null ? "" : now, before == null ? "" : before);
    }

    private static long count(KubeObject job, String field) {
        return job.number(0, "status", field);
    }
}
