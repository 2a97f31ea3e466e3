package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Ages;
import dev.kuar.kubectl.data.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** Describes jobs and cron jobs. */
final class JobDescriber implements Describer {
    private final boolean cron;

    JobDescriber(boolean cron) {
        this.cron = cron;
    }

    @Override
    public void describe(Tree job, Sheet sheet, Cluster cluster) {
        if (cron) {
            cron(job, sheet);
        } else {
            job(job, sheet);
        }
        Events.show(job, sheet, cluster);
    }

    private static void job(Tree job, Sheet sheet) {
        sheet.field(0, "Name", job.name());
        sheet.field(0, "Namespace", job.namespace());
        String selector = Selectors.query(job.at("spec", "selector"));
        if (!selector.isEmpty()) {
            sheet.field(0, "Selector", selector);
        }
        sheet.labels(job.textMap("metadata", "labels"));
        sheet.annotations(job.textMap("metadata", "annotations"));
        PodDescriber.controlledBy(job, sheet);
        optional(job, sheet, "Parallelism", "parallelism");
        sheet.field(0, "Completions", job.textOr("<unset>", "spec", "completions"));
        optional(job, sheet, "Completion Mode", "completionMode");
        optional(job, sheet, "Suspend", "suspend");
        optional(job, sheet, "Backoff Limit", "backoffLimit");
        optional(job, sheet, "TTL Seconds After Finished", "ttlSecondsAfterFinished");
        String start = job.text("status", "startTime");
        String end = job.text("status", "completionTime");
        if (!start.isEmpty()) {
            sheet.field(0, "Start Time", sheet.longTime(start));
        }
        if (!end.isEmpty()) {
            sheet.field(0, "Completed At", sheet.longTime(end));
        }
        if (!start.isEmpty() && !end.isEmpty()) {
            sheet.field(0, "Duration", Ages.human(Duration.between(Instant.parse(start), Instant.parse(end))));
        }
        if (job.has("spec", "activeDeadlineSeconds")) {
            sheet.field(0, "Active Deadline Seconds", job.text("spec", "activeDeadlineSeconds") + "s");
        }
        Tree status = job.at("status");
        sheet.field(
                0,
                "Pods Statuses",
                status.number(0, "active") + " Active"
                        + (status.has("ready") ? " (" + status.number(0, "ready") + " Ready)" : "") + " / "
                        + status.number(0, "succeeded") + " Succeeded / " + status.number(0, "failed") + " Failed");
        if ("Indexed".equals(job.text("spec", "completionMode"))) {
            sheet.field(0, "Completed Indexes", status.textOr("<none>", "completedIndexes"));
        }
        PodDescriber.template(job.at("spec", "template"), sheet);
    }

    private static void optional(Tree job, Sheet sheet, String label, String field) {
        if (job.has("spec", field)) {
            sheet.field(0, label, job.text("spec", field));
        }
    }

    private static void cron(Tree cron, Sheet sheet) {
        sheet.field(0, "Name", cron.name());
        sheet.field(0, "Namespace", cron.namespace());
        sheet.labels(cron.textMap("metadata", "labels"));
        sheet.annotations(cron.textMap("metadata", "annotations"));
        sheet.field(0, "Schedule", cron.text("spec", "schedule"));
        sheet.field(0, "Concurrency Policy", cron.text("spec", "concurrencyPolicy"));
        String suspend = String.valueOf(cron.flag("spec", "suspend"));
        sheet.field(0, "Suspend", suspend.substring(0, 1).toUpperCase(Locale.ROOT) + suspend.substring(1));
        sheet.field(0, "Time Zone", cron.textOr("<unset>", "spec", "timeZone"));
        sheet.field(0, "Successful Job History Limit", cron.textOr("<unset>", "spec", "successfulJobsHistoryLimit"));
        sheet.field(0, "Failed Job History Limit", cron.textOr("<unset>", "spec", "failedJobsHistoryLimit"));
        String deadline = cron.text("spec", "startingDeadlineSeconds");
        sheet.field(0, "Starting Deadline Seconds", deadline.isEmpty() ? "<unset>" : deadline + "s");
        Tree spec = cron.at("spec", "jobTemplate", "spec");
        sheet.field(0, "Selector", spec.has("selector") ? Selectors.text(spec.at("selector")) : "<unset>");
        sheet.field(0, "Parallelism", spec.textOr("<unset>", "parallelism"));
        sheet.field(0, "Completions", spec.textOr("<unset>", "completions"));
        PodDescriber.template(spec.at("template"), sheet);
        sheet.field(0, "Last Schedule Time", sheet.longTime(cron.text("status", "lastScheduleTime")));
        String active = cron.items("status", "active").stream()
                .map(job -> job.text("name"))
                .collect(Collectors.joining(", "));
        sheet.field(0, "Active Jobs", active.isEmpty() ? "<none>" : active);
    }
}
