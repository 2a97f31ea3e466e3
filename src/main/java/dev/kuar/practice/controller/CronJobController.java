package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes Jobs on schedule, and clears away those of long ago. Models the CronJob controller of Kubernetes 1.36. */
final class CronJobController implements Reconciler {
    /** Clocks may differ: a run is looked for that much later than it is due. */
    private static final Duration SKEW = Duration.ofMillis(100);

    private static final DateTimeFormatter RFC_1123 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    /** In the schedule's own zone, {@code 2026-11-29T09:00:00+09:00}. */
    private static final DateTimeFormatter RFC_3339 = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer crons;
    private final Informer jobs;

    private CronJobController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("cronjob-controller");
        this.events = context.events("cronjob-controller");
        this.crons = context.informer(Kinds.CRON_JOBS);
        this.jobs = context.informer(Kinds.JOBS);
    }

    static void start(ControllerContext context) {
        Loop loop = context.loop("cronjob-controller", new CronJobController(context));
        context.watch(Kinds.CRON_JOBS, loop);
        context.watch(Kinds.JOBS, job -> Owners.controllerKey(job, "CronJob"), loop);
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject found = crons.find(key.namespace(), key.name()).orElse(null);
        if (found == null) {
            return Next.ON_CHANGE;
        }
        List<KubeObject> owned = new ArrayList<>();
        for (KubeObject job : jobs.inNamespace(key.namespace())) {
            if (Owners.controls(found, job)) {
                owned.add(job);
            }
        }
        KubeObject cron = note(found, owned);
        clear(cron, owned);
        if (cron.isTerminating()) {
            return Next.ON_CHANGE;
        }
        return schedule(cron, owned);
    }

    /** Brings the list of active jobs up to date; says which have finished, and which it does not know. */
    private KubeObject note(KubeObject cron, List<KubeObject> owned) {
        List<Object> active = new ArrayList<>();
        KubeObject changed = cron.copy();
        for (Map<String, Object> reference : cron.maps("status", "active")) {
            KubeObject job = owned.stream()
                    .filter(candidate -> candidate.uid().equals(reference.get("uid")))
                    .findFirst()
                    .orElse(null);
            if (job == null) {
                events.normal(cron, "MissingJob", "Active job went missing: " + Trees.text(reference, "name"));
            } else if (isFinished(job)) {
                boolean complete = Trees.isTrue(job, "Complete");
                events.normal(
                        cron,
                        "SawCompletedJob",
                        "Saw completed job: " + job.name() + ", condition: " + (complete ? "Complete" : "Failed"));
            } else {
                active.add(reference);
            }
        }
        for (KubeObject job : owned) {
            String completed = job.text("status", "completionTime");
            boolean latest =
                    PodState.time(completed).isAfter(PodState.time(changed.text("status", "lastSuccessfulTime")));
            if (Trees.isTrue(job, "Complete") && !completed.isEmpty() && latest) {
                changed.set(completed, "status", "lastSuccessfulTime");
            } else if (!isFinished(job) && !isListed(cron, job) && !isListed(newest(cron), job)) {
                events.warning(
                        cron, "UnexpectedJob", "Saw a job that the controller did not create or forgot: " + job.name());
            }
        }
        changed.set(active.isEmpty() ? null : active, "status", "active");
        return changed.equals(cron) ? cron : client.updateSubresource(Kinds.CRON_JOBS, "status", changed);
    }

    private KubeObject newest(KubeObject cron) {
        return client.find(Kinds.CRON_JOBS, cron.namespace(), cron.name()).orElse(cron);
    }

    private static boolean isListed(KubeObject cron, KubeObject job) {
        return cron.maps("status", "active").stream()
                .anyMatch(reference -> job.uid().equals(reference.get("uid")));
    }

    private Next schedule(KubeObject cron, List<KubeObject> owned) {
        String name = cron.text("spec", "timeZone");
        ZoneId zone;
        try {
            zone = name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            events.warning(cron, "UnknownTimeZone", "invalid timeZone: \"" + name + "\": unknown time zone " + name);
            return Next.ON_CHANGE;
        }
        if (cron.flag("spec", "suspend")) {
            return Next.ON_CHANGE;
        }
        String line = cron.text("spec", "schedule");
        CronSchedule schedule;
        try {
            schedule = CronSchedule.parse(line);
        } catch (IllegalArgumentException e) {
            events.warning(cron, "UnparseableSchedule", "unparseable schedule: \"" + line + "\" : " + e.getMessage());
            return Next.ON_CHANGE;
        }
        Instant now = context.instant();
        try {
            MissedRuns missed = MissedRuns.of(cron, schedule, zone, now, true);
            fire(cron, owned, missed, zone, now);
        } catch (MissedRuns.NeverFires never) {
            events.warning(cron, "InvalidSchedule", "invalid schedule: " + line + " : " + never.getMessage());
            return Next.ON_CHANGE;
        }
        return next(newest(cron), schedule, zone, now);
    }

    /** Starts the run that is due, if there is one, it is not too late for it, and it was not started before. */
    private void fire(KubeObject cron, List<KubeObject> owned, MissedRuns missed, ZoneId zone, Instant now) {
        Instant due = missed.mostRecent();
        if (due == null) {
            return;
        }
        if (missed.count() == MissedRuns.Count.MANY) {
            events.warning(
                    cron,
                    "TooManyMissedTimes",
                    "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
        }
        boolean late = cron.at("spec", "startingDeadlineSeconds") instanceof Number deadline
                && due.plusSeconds(deadline.longValue()).isBefore(now);
        ZonedDateTime at = due.atZone(zone);
        if (late) {
            events.warning(
                    cron,
                    "MissSchedule",
                    "Missed scheduled time to start a job: " + RFC_1123.format(due.atOffset(ZoneOffset.UTC)));
        } else if (!cron.text("status", "lastScheduleTime").equals(stamp(at)) && !isListedByName(cron, at)) {
            start(cron, owned, at);
        }
    }

    private static Next next(KubeObject cron, CronSchedule schedule, ZoneId zone, Instant now) {
        Instant from;
        try {
            MissedRuns missed = MissedRuns.of(cron, schedule, zone, now, false);
            Instant recent = missed.mostRecent();
            from = recent != null ? recent : missed.count() == MissedRuns.Count.NONE ? missed.earliest() : now;
        } catch (MissedRuns.NeverFires never) {
            from = now;
        }
        return MissedRuns.next(schedule, zone, from)
                .map(time -> Next.at(time.plus(SKEW), now))
                .orElse(Next.ON_CHANGE);
    }

    private static boolean isListedByName(KubeObject cron, ZonedDateTime due) {
        String name = name(cron, due);
        return cron.maps("status", "active").stream().anyMatch(reference -> name.equals(reference.get("name")));
    }

    private static String name(KubeObject cron, ZonedDateTime due) {
        return cron.name() + "-" + due.toEpochSecond() / 60;
    }

    private static String stamp(ZonedDateTime time) {
        return time.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void start(KubeObject cron, List<KubeObject> owned, ZonedDateTime due) {
        List<Map<String, Object>> active = cron.maps("status", "active");
        String policy = cron.text("spec", "concurrencyPolicy");
        if (policy.equals("Forbid") && !active.isEmpty()) {
            events.normal(
                    cron,
                    "JobAlreadyActive",
                    "Not starting job because prior execution is running and concurrency policy is Forbid");
            return;
        }
        if (policy.equals("Replace")) {
            owned.stream().filter(job -> isListed(cron, job)).forEach(job -> delete(cron, job));
            active = List.of();
        }
        KubeObject job = job(cron, due);
        KubeObject made;
        try {
            made = client.create(Kinds.JOBS, cron.namespace(), job);
            events.normal(cron, "SuccessfulCreate", "Created job " + made.name());
        } catch (ApiException e) {
            Optional<KubeObject> there = client.find(Kinds.JOBS, cron.namespace(), job.name());
            if (there.isEmpty()) {
                if (!PodControl.isForTermination(e)) {
                    events.warning(cron, "FailedCreate", "Error creating job: " + e.getMessage());
                }
                throw e;
            }
            if (!Owners.controls(cron, there.get())) {
                // Somebody else's: it is left alone, and the time counts as not met.
                return;
            }
            made = there.get();
        }
        List<Object> all = new ArrayList<>(active);
        all.add(Trees.map(
                "apiVersion", "batch/v1",
                "kind", "Job",
                "name", made.name(),
                "namespace", made.namespace(),
                "resourceVersion", made.resourceVersion(),
                "uid", made.uid()));
        KubeObject changed = cron.copy();
        changed.set(all, "status", "active");
        changed.set(stamp(due), "status", "lastScheduleTime");
        client.updateSubresource(Kinds.CRON_JOBS, "status", changed);
    }

    private static KubeObject job(KubeObject cron, ZonedDateTime due) {
        KubeObject job = KubeObject.create("batch/v1", "Job", cron.namespace(), name(cron, due));
        KubeObject template = KubeObject.of(cron.map("spec", "jobTemplate"));
        template.labels().forEach((key, value) -> job.set(value, "metadata", "labels", key));
        template.annotations().forEach((key, value) -> job.set(value, "metadata", "annotations", key));
        String at = due.toOffsetDateTime().truncatedTo(ChronoUnit.SECONDS).format(RFC_3339);
        job.set(at, "metadata", "annotations", "batch.kubernetes.io/cronjob-scheduled-timestamp");
        job.set(Owners.references(cron), "metadata", "ownerReferences");
        job.set(KubeObject.copyOf(template.map("spec")), "spec");
        return job;
    }

    private void clear(KubeObject cron, List<KubeObject> owned) {
        clear(cron, owned, "Complete", cron.number(3, "spec", "successfulJobsHistoryLimit"));
        clear(cron, owned, "Failed", cron.number(1, "spec", "failedJobsHistoryLimit"));
    }

    private void clear(KubeObject cron, List<KubeObject> owned, String condition, long limit) {
        List<KubeObject> done = new ArrayList<>(owned);
        done.removeIf(job -> !Trees.isTrue(job, condition) || job.isTerminating());
        done.sort(Comparator.comparing((KubeObject job) -> job.at("status", "startTime") == null)
                .thenComparing(job -> job.text("status", "startTime"))
                .thenComparing(KubeObject::name));
        for (int i = 0; i < done.size() - limit; i++) {
            delete(cron, done.get(i));
        }
    }

    private void delete(KubeObject cron, KubeObject job) {
        client.delete(
                Kinds.JOBS,
                job.namespace(),
                job.name(),
                new ApiClient.DeleteOptions("Background", -1, Map.of("uid", job.uid())));
        events.normal(cron, "SuccessfulDelete", "Deleted job " + job.name());
    }

    private static boolean isFinished(KubeObject job) {
        return Trees.isTrue(job, "Complete") || Trees.isTrue(job, "Failed");
    }
}
