package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs pods until enough of them have succeeded: parallelism, completions by number or by index, back-off, deadline,
 * suspension. Models the Job controller of Kubernetes 1.36 without its tracking finalizers: a finished pod that is deleted
 * by hand is no longer counted.
 */
final class JobController implements Reconciler {
    static final String INDEX = "batch.kubernetes.io/job-completion-index";

    private final ControllerContext context;
    private final ApiClient client;
    private final EventRecorder events;
    private final Informer jobs;
    private final Informer pods;
    private final Expectations expectations;
    private final PodControl control;
    private final Claims claims;

    private JobController(ControllerContext context) {
        this.context = context;
        this.client = context.clientFor("job-controller");
        this.events = context.events("job-controller");
        this.jobs = context.informer(Kinds.JOBS);
        this.pods = context.informer(Kinds.PODS);
        this.expectations = new Expectations(context.clock());
        this.control = new PodControl(client, events, expectations);
        this.claims = new Claims(client, Kinds.PODS);
    }

    static void start(ControllerContext context) {
        JobController controller = new JobController(context);
        Loop loop = context.loop("job-controller", controller);
        context.watch(Kinds.JOBS, loop);
        PodControl.follow(context, "Job", controller.expectations, loop);
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject job = jobs.find(key.namespace(), key.name()).orElse(null);
        if (job == null
                || job.isTerminating()
                || Trees.isTrue(job, "Complete")
                || Trees.isTrue(job, "Failed")
                || !expectations.satisfied(key)) {
            return Next.ON_CHANGE;
        }
        LabelSelector selector = LabelSelector.ofObject(job.map("spec", "selector"));
        List<KubeObject> owned = claims.claim(job, pods.claimable(key.namespace(), job.uid()), selector, "");
        return new Pass(job, owned).run();
    }

    /** One look at one job. */
    private final class Pass {
        private final KubeObject job;
        private final List<KubeObject> active = new ArrayList<>();
        private final List<KubeObject> succeeded = new ArrayList<>();
        private final List<KubeObject> failed = new ArrayList<>();
        private final List<KubeObject> going = new ArrayList<>();
        private final TreeSet<Long> doneIndexes = new TreeSet<>();
        private final TreeSet<Long> failedIndexes = new TreeSet<>();
        private final Map<Long, List<KubeObject>> failuresOf = new TreeMap<>();
        private String policyFailure = "";
        private final boolean indexed;
        private final boolean suspended;

        Pass(KubeObject job, List<KubeObject> owned) {
            this.job = job;
            this.indexed = job.text("spec", "completionMode").equals("Indexed");
            this.suspended = job.flag("spec", "suspend");
            for (KubeObject pod : owned) {
                String phase = pod.text("status", "phase");
                if (phase.equals("Succeeded")) {
                    succeeded.add(pod);
                    if (indexed) {
                        doneIndexes.add(index(pod));
                    }
                } else if (phase.equals("Failed")) {
                    judge(pod);
                } else if (!pod.isTerminating()) {
                    active.add(pod);
                } else {
                    going.add(pod);
                }
            }
            if (job.at("spec", "backoffLimitPerIndex") instanceof Number limit) {
                failuresOf.forEach((index, pods) -> {
                    if (pods.size() > limit.longValue()) {
                        failedIndexes.add(index);
                    }
                });
                failedIndexes.removeAll(doneIndexes);
            }
        }

        private void judge(KubeObject pod) {
            JobPods.Verdict verdict = JobPods.judge(job, pod);
            if (verdict.action().equals("Ignore")) {
                return;
            }
            failed.add(pod);
            if (indexed) {
                failuresOf.computeIfAbsent(index(pod), key -> new ArrayList<>()).add(pod);
            }
            if (verdict.action().equals("FailIndex")) {
                failedIndexes.add(index(pod));
            } else if (verdict.action().equals("FailJob") && policyFailure.isEmpty()) {
                policyFailure = verdict.message();
            }
        }

        Next run() {
            Map<String, Object> ending = ending();
            if (!ending.isEmpty()) {
                return finish(ending);
            }
            long done = indexed ? doneIndexes.size() : succeeded.size();
            boolean counted = job.at("spec", "completions") != null;
            long left = job.number(1, "spec", "completions") - done - failedIndexes.size();
            Next next = suspended ? suspend() : fill(counted ? left : Long.MAX_VALUE);
            write(conditions(job.maps("status", "conditions")), Map.of());
            return next.or(deadline());
        }

        /** The condition that says how it ends; empty while it goes on. */
        private Map<String, Object> ending() {
            for (String type : List.of("FailureTarget", "SuccessCriteriaMet")) {
                if (Trees.isTrue(job, type)) {
                    return Trees.condition(job, type);
                }
            }
            String failure = failure();
            if (!failure.isEmpty()) {
                return condition("FailureTarget", failure, failureMessage(failure));
            }
            int rule = JobPods.success(job, doneIndexes);
            if (rule >= 0) {
                return condition("SuccessCriteriaMet", "SuccessPolicy", "Matched rules at index " + rule);
            }
            long completions = job.number(1, "spec", "completions");
            boolean counted = job.at("spec", "completions") != null;
            if (counted && !failedIndexes.isEmpty() && doneIndexes.size() + failedIndexes.size() >= completions) {
                return condition("FailureTarget", "FailedIndexes", "Job has failed indexes");
            }
            long done = indexed ? doneIndexes.size() : succeeded.size();
            boolean complete = counted ? done >= completions : done > 0 && active.isEmpty();
            return complete
                    ? condition("SuccessCriteriaMet", "CompletionsReached", "Reached expected number of succeeded pods")
                    : Map.of();
        }

        private Next fill(long left) {
            long wanted = Math.min(job.number(1, "spec", "parallelism"), left);
            if (JobPods.replacesOnlyFailed(job)) {
                wanted -= Math.min(wanted, going.size());
            }
            boolean open = job.at("spec", "completions") == null && !succeeded.isEmpty();
            wanted = open ? Math.min(wanted, active.size()) : wanted;
            if (active.size() > wanted) {
                active.sort(new DeletionOrder(active, context.instant()));
                long surplus = active.size() - wanted;
                for (int i = 0; i < surplus; i++) {
                    control.delete(job, active.get(i));
                }
                return Next.ON_CHANGE;
            }
            if (active.size() == wanted) {
                return Next.ON_CHANGE;
            }
            boolean each = job.at("spec", "backoffLimitPerIndex") != null;
            Instant earliest = each ? Instant.MIN : backOffUntil(failed, succeeded);
            if (earliest.isAfter(context.instant())) {
                return Next.at(earliest, context.instant());
            }
            Next next = Next.ON_CHANGE;
            TreeSet<Long> taken = new TreeSet<>(doneIndexes);
            taken.addAll(failedIndexes);
            active.forEach(pod -> taken.add(index(pod)));
            long completions = job.number(1, "spec", "completions");
            long missing = wanted - active.size();
            for (long index = 0; missing > 0 && (!indexed || index < completions); index++) {
                if (indexed && taken.contains(index)) {
                    continue;
                }
                List<KubeObject> before = failuresOf.getOrDefault(index, List.of());
                Instant due = each ? backOffUntil(before, List.of()) : Instant.MIN;
                missing--;
                if (due.isAfter(context.instant())) {
                    next = next.or(Next.at(due, context.instant()));
                    continue;
                }
                KubeObject pod = PodControl.fromTemplate(job, job.map("spec", "template"));
                if (indexed) {
                    JobPods.number(job, pod, index);
                }
                if (each) {
                    pod.set(
                            String.valueOf(before.size()),
                            "metadata",
                            "annotations",
                            "batch.kubernetes.io/job-index-failure-count");
                }
                active.add(control.create(job, pod));
            }
            return next;
        }

        private Next suspend() {
            active.forEach(pod -> control.delete(job, pod));
            active.clear();
            return Next.ON_CHANGE;
        }

        /** After n failures in a row 10 s × 2^(n-1), at most 10 minutes, from the last of them. */
        private Instant backOffUntil(List<KubeObject> failed, List<KubeObject> succeeded) {
            Instant success = succeeded.stream()
                    .map(JobPods::finishedAt)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
            List<Instant> failures = failed.stream()
                    .map(JobPods::finishedAt)
                    .filter(at -> at.isAfter(success))
                    .sorted()
                    .toList();
            if (failures.isEmpty()) {
                return Instant.MIN;
            }
            long seconds = Math.min(600, 10L << Math.min(failures.size() - 1, 10));
            return context.due(failures.get(failures.size() - 1), seconds);
        }

        private String failure() {
            long limit = job.number(6, "spec", "backoffLimit");
            long restarts =
                    job.text("spec", "template", "spec", "restartPolicy").equals("OnFailure")
                            ? active.stream().mapToLong(PodState::restarts).sum()
                            : 0;
            if (!policyFailure.isEmpty()) {
                return "PodFailurePolicy";
            }
            boolean each = job.at("spec", "backoffLimitPerIndex") != null && job.at("spec", "backoffLimit") == null;
            if (!each && (failed.size() > limit || restarts > limit)) {
                return "BackoffLimitExceeded";
            }
            if (job.at("spec", "maxFailedIndexes") instanceof Number most && failedIndexes.size() > most.longValue()) {
                return "MaxFailedIndexesExceeded";
            }
            Object deadline = job.at("spec", "activeDeadlineSeconds");
            Instant started = PodState.time(job.text("status", "startTime"));
            boolean late = deadline instanceof Number seconds
                    && !started.equals(Instant.MIN)
                    && !context.due(started, seconds.longValue()).isAfter(context.instant());
            return late && !suspended ? "DeadlineExceeded" : "";
        }

        private String failureMessage(String reason) {
            return switch (reason) {
                case "BackoffLimitExceeded" -> "Job has reached the specified backoff limit";
                case "DeadlineExceeded" -> "Job was active longer than specified deadline";
                case "MaxFailedIndexesExceeded" -> "Job has exceeded the specified maximal number of failed indexes";
                default -> policyFailure;
            };
        }

        private Next deadline() {
            Instant started = PodState.time(job.text("status", "startTime"));
            return job.at("spec", "activeDeadlineSeconds") instanceof Number seconds && !started.equals(Instant.MIN)
                    ? Next.at(context.due(started, seconds.longValue()), context.instant())
                    : Next.ON_CHANGE;
        }

        /** Ends what still runs; the job itself is over once the last pod is. */
        private Next finish(Map<String, Object> ending) {
            boolean complete = "SuccessCriteriaMet".equals(ending.get("type"));
            active.forEach(pod -> control.delete(job, pod));
            going.addAll(active);
            active.clear();
            List<Object> conditions = new ArrayList<>(job.maps("status", "conditions"));
            if (!conditions.contains(ending)) {
                conditions.add(ending);
            }
            if (!going.isEmpty()) {
                write(conditions, Map.of());
                return Next.ON_CHANGE;
            }
            String reason = Trees.text(ending, "reason");
            String message = Trees.text(ending, "message");
            conditions.add(condition(complete ? "Complete" : "Failed", reason, message));
            write(conditions, complete ? Map.of("completionTime", context.now()) : Map.of());
            if (complete) {
                events.normal(job, "Completed", "Job completed");
            } else {
                events.warning(job, reason, message);
            }
            return Next.ON_CHANGE;
        }

        private List<Object> conditions(List<Map<String, Object>> before) {
            boolean was =
                    before.stream().anyMatch(c -> "Suspended".equals(c.get("type")) && "True".equals(c.get("status")));
            if (was == suspended) {
                return new ArrayList<>(before);
            }
            events.normal(job, suspended ? "Suspended" : "Resumed", suspended ? "Job suspended" : "Job resumed");
            List<Object> all = new ArrayList<>(before);
            all.removeIf(c -> c instanceof Map<?, ?> map && "Suspended".equals(map.get("type")));
            Map<String, Object> condition = condition(
                    "Suspended",
                    suspended ? "JobSuspended" : "JobResumed",
                    suspended ? "Job suspended" : "Job resumed");
            condition.put("status", suspended ? "True" : "False");
            all.add(condition);
            return all;
        }

        private Map<String, Object> condition(String type, String reason, String message) {
            return Trees.map(
                    "lastProbeTime",
                    context.now(),
                    "lastTransitionTime",
                    context.now(),
                    "message",
                    message,
                    "reason",
                    reason,
                    "status",
                    "True",
                    "type",
                    type);
        }

        private void write(List<Object> conditions, Map<String, Object> more) {
            String started = job.text("status", "startTime");
            long ready = active.stream().filter(PodState::isReady).count();
            Map<String, Object> status = Trees.map(
                    "active",
                    Trees.orNull(active.size()),
                    "completedIndexes",
                    indexed && !doneIndexes.isEmpty() ? JobPods.ranges(doneIndexes) : null,
                    "completionTime",
                    more.get("completionTime"),
                    "conditions",
                    conditions.isEmpty() ? null : conditions,
                    "failed",
                    Trees.orNull(failed.size()),
                    "failedIndexes",
                    job.at("spec", "backoffLimitPerIndex") == null ? null : JobPods.ranges(failedIndexes),
                    "ready",
                    ready,
                    "startTime",
                    suspended ? null : started.isEmpty() ? context.now() : started,
                    "succeeded",
                    Trees.orNull(indexed ? doneIndexes.size() : succeeded.size()),
                    "terminating",
                    (long) going.size(),
                    "uncountedTerminatedPods",
                    Trees.map());
            ControllerContext.writeStatus(client, Kinds.JOBS, job, status);
        }
    }

    static long index(KubeObject pod) {
        try {
            return Long.parseLong(pod.annotations().getOrDefault(INDEX, "-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
