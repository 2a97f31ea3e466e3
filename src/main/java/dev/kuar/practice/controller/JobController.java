package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs pods until enough of them have succeeded: parallelism, completions by number or by index, back-off, deadline,
 * suspension; every pod is counted once, whoever deletes it. Models the Job controller of Kubernetes 1.36.
 */
final class JobController implements Reconciler {
    private static final Duration BATCH = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final Informer jobs;
    private final Informer pods;
    private final Expectations expectations;
    private final Claims claims;
    private final JobTracking tracking;
    private final JobBackOff backOff = new JobBackOff();
    private final JobSync sync;

    private JobController(ControllerContext context) {
        ApiClient client = context.clientFor("job-controller");
        EventRecorder events = context.events("job-controller");
        this.jobs = context.informer(Kinds.JOBS);
        this.pods = context.informer(Kinds.PODS);
        this.expectations = new Expectations(context.clock());
        this.claims = new Claims(client, Kinds.PODS);
        this.tracking = new JobTracking(client);
        this.sync = new JobSync(context, events, new PodControl(client, events, expectations), tracking, backOff);
    }

    static void start(ControllerContext context) {
        JobController controller = new JobController(context);
        Loop loop = context.loop("job-controller", controller, BATCH, LONGEST_RETRY);
        JobOrphans orphans = new JobOrphans(context, controller.tracking);
        Loop orphaned = context.loop("job-orphan-pods", orphans, BATCH, LONGEST_RETRY);
        context.listen(Kinds.JOBS, (old, now) -> controller.jobChanged(old, now, loop, orphaned));
        context.listen(
                Kinds.PODS,
                new JobPodEvents(controller.jobs, controller.expectations, controller.tracking, loop, orphaned, BATCH));
    }

    /** At the time, but not before the changes of a second have come together. */
    static Next batched(Instant due, ControllerContext context) {
        Duration wait = Duration.between(context.instant(), due);
        return Next.after(wait.compareTo(BATCH) < 0 ? BATCH : wait);
    }

    private void jobChanged(@Nullable KubeObject old, @Nullable KubeObject now, Loop loop, Loop orphaned) {
        KubeObject job = now != null ? now : Objects.requireNonNull(old);
        Key key = Key.of(job);
        if (now == null) {
            expectations.forget(key);
            tracking.forget(key, job.uid());
            backOff.forget(key);
        }
        if (now == null || old != null && JobPods.isFinished(now)) {
            LabelSelector selector = LabelSelector.ofObject(job.map("spec", "selector"));
            pods.inNamespace(job.namespace()).stream()
                    .filter(pod -> JobPods.isTracked(pod) && selector.matches(pod.labels()))
                    .forEach(pod -> orphaned.add(Key.of(pod)));
        } else if (old == null || old.generation() != now.generation()) {
            loop.add(key);
        } else {
            loop.addAfter(key, BATCH);
        }
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject job = jobs.find(key.namespace(), key.name()).orElse(null);
        if (job == null || JobPods.isManagedElsewhere(job) || !tracking.isCurrent(job)) {
            return Next.ON_CHANGE;
        }
        if (JobPods.isFinished(job)) {
            backOff.forget(key);
            return Next.ON_CHANGE;
        }
        boolean settled = expectations.satisfied(key);
        LabelSelector selector = LabelSelector.ofObject(job.map("spec", "selector"));
        List<KubeObject> owned =
                claims.claim(job, pods.claimable(key.namespace(), job.uid()), selector, JobPods.TRACKING);
        return sync.run(new JobLook(job, owned, tracking.releasing(key)), settled);
    }
}
