package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.time.ZoneId;
import java.util.List;

/** Cron jobs: their schedule, their name's length and the job that they make. */
final class CronJobRules implements KindRules {
    @Override
    public void check(KubeObject cron, FieldErrors errors) {
        if (cron.name().length() > 52) {
            errors.invalid("metadata.name", cron.name(), "must be no more than 52 characters");
        }
        String schedule = cron.text("spec", "schedule");
        if (schedule.isEmpty()) {
            errors.required("spec.schedule", "");
        } else {
            String wrong = CronSyntax.complaint(schedule);
            if (!wrong.isEmpty()) {
                errors.invalid("spec.schedule", schedule, wrong);
            }
            if (schedule.contains("TZ=")) {
                errors.invalid(
                        "spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
            }
        }
        String zone = cron.text("spec", "timeZone");
        if (cron.at("spec", "timeZone") != null) {
            if (zone.isEmpty()) {
                errors.invalid("spec.timeZone", zone, "timeZone must be nil or non-empty string");
            } else if (zone.equalsIgnoreCase("Local")) {
                errors.invalid(
                        "spec.timeZone",
                        zone,
                        "timeZone must be an explicit time zone as defined in" + " https://www.iana.org/time-zones");
            } else if (!ZoneId.getAvailableZoneIds().contains(zone)) {
                errors.invalid("spec.timeZone", zone, "unknown time zone " + zone);
            }
        }
        for (String field :
                List.of("startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit")) {
            errors.atLeast("spec." + field, cron.at("spec", field), 0);
        }
        errors.oneOf(
                "spec.concurrencyPolicy", cron.at("spec", "concurrencyPolicy"), List.of("Allow", "Forbid", "Replace"));
        RuleRun.part(
                RuleFiles.named("jobspec"), cron.map("spec", "jobTemplate", "spec"), "spec.jobTemplate.spec", errors);
        String path = "spec.jobTemplate.spec.template.spec";
        PodSpecRules.check(KubeObject.of(cron.map("spec", "jobTemplate", "spec", "template", "spec")), path, errors);
        JobRules.restart(cron, path, errors, "spec", "jobTemplate", "spec", "template", "spec", "restartPolicy");
    }
}
