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
        private final TreeSet<Long> doneIndexes = new TreeSet<>();
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
                    failed.add(pod);
                } else if (!pod.isTerminating()) {
                    active.add(pod);
                }
            }
        }

        Next run() {
            long done = indexed ? doneIndexes.size() : succeeded.size();
            boolean counted = job.at("spec", "completions") != null;
            long completions = job.number(1, "spec", "completions");
            String failure = failure();
            if (!failure.isEmpty()) {
                active.forEach(pod -> control.delete(job, pod));
                return finish("Failed", failure, failureMessage(failure));
            }
            boolean complete = counted ? done >= completions : done > 0 && active.isEmpty();
            if (complete) {
                active.forEach(pod -> control.delete(job, pod));
                return finish("Complete", "CompletionsReached", "Reached expected number of succeeded pods");
            }
            Next next = suspended ? suspend() : fill(counted ? completions - done : Long.MAX_VALUE);
            write(conditions(job.maps("status", "conditions")), Map.of());
            return next.or(deadline());
        }

        private Next fill(long left) {
            long wanted = Math.min(job.number(1, "spec", "parallelism"), left);
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
            Instant earliest = backOffUntil();
            if (earliest.isAfter(context.instant())) {
                return Next.at(earliest, context.instant());
            }
            for (long missing = wanted - active.size(); missing > 0; missing--) {
                KubeObject pod = PodControl.fromTemplate(job, job.map("spec", "template"));
                if (indexed) {
                    JobPods.number(job, pod, freeIndex());
                }
                active.add(control.create(job, pod));
            }
            return Next.ON_CHANGE;
        }

        private long freeIndex() {
            TreeSet<Long> taken = new TreeSet<>(doneIndexes);
            active.forEach(pod -> taken.add(index(pod)));
            long index = 0;
            while (taken.contains(index)) {
                index++;
            }
            return index;
        }

        private Next suspend() {
            active.forEach(pod -> control.delete(job, pod));
            active.clear();
            return Next.ON_CHANGE;
        }

        /** After n failures in a row 10 s × 2^(n-1), at most 10 minutes, from the last of them. */
        private Instant backOffUntil() {
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
            if (failed.size() > limit || restarts > limit) {
                return "BackoffLimitExceeded";
            }
            for (KubeObject pod : failed) {
                if (JobPods.failsJob(job, pod)) {
                    return "PodFailurePolicy";
                }
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
                default -> "Container failed and matched a FailJob rule of the pod failure policy";
            };
        }

        private Next deadline() {
            Instant started = PodState.time(job.text("status", "startTime"));
            return job.at("spec", "activeDeadlineSeconds") instanceof Number seconds && !started.equals(Instant.MIN)
                    ? Next.at(context.due(started, seconds.longValue()), context.instant())
                    : Next.ON_CHANGE;
        }

        private Next finish(String type, String reason, String message) {
            boolean complete = type.equals("Complete");
            String before = complete ? "SuccessCriteriaMet" : "FailureTarget";
            List<Object> conditions = new ArrayList<>(job.maps("status", "conditions"));
            conditions.add(condition(before, reason, message));
            conditions.add(condition(type, reason, message));
            active.clear();
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
                    "ready",
                    ready,
                    "startTime",
                    suspended ? null : started.isEmpty() ? context.now() : started,
                    "succeeded",
                    Trees.orNull(indexed ? doneIndexes.size() : succeeded.size()),
                    "terminating",
                    0L,
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
