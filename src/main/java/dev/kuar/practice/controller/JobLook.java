package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a Job and its pods tells. Counted is what the status says, what stands in its
 * {@code uncountedTerminatedPods}, and tracked pods that have ended since.
 */
final class JobLook {
    final Key key;
    final List<KubeObject> pods;
    final List<KubeObject> active;

    /** Uids of pods whose finalizer was taken off, which the informer does not show yet. */
    final Set<String> released;

    final Set<String> uncountedSucceeded;
    final Set<String> uncountedFailed;
    final List<KubeObject> newlySucceeded;
    final List<KubeObject> newlyFailed;
    final boolean indexed;

    /** Those that the status told before this look. */
    final NavigableSet<Long> completedBefore;

    final NavigableSet<Long> completed = new TreeSet<>();

    /** Null where indexes have no limit of their own. */
    final @Nullable NavigableSet<Long> failedIndexes;

    /** By index, the failed pod that stays until its replacement knows how often the index has failed. */
    final Map<Long, KubeObject> delayed = new HashMap<>();

    final long failed;

    /** Own copy, whose status is what is to be written. */
    KubeObject job;

    long succeeded;
    long ready;
    long terminating;
    JobBackOff.Row backOff = JobBackOff.Row.NONE;

    /** The condition that ends it; empty while it goes on. */
    Map<String, Object> ending = Map.of();

    JobLook(KubeObject seen, List<KubeObject> pods, Set<String> released) {
        this.key = Key.of(seen);
        this.job = seen.copy();
        this.pods = new ArrayList<>(pods);
        this.released = released;
        this.indexed = JobPods.isIndexed(job);
        this.active = new ArrayList<>(pods.stream().filter(PodState::isActive).toList());
        this.ready = active.stream().filter(PodState::isReady).count();
        this.terminating = pods.stream().filter(PodState::isTerminating).count();
        this.uncountedSucceeded = new HashSet<>(uncounted("succeeded"));
        this.uncountedFailed = new HashSet<>(uncounted("failed"));
        this.newlySucceeded = fresh(uncountedSucceeded, JobPods::succeeded);
        this.newlyFailed = fresh(uncountedFailed, pod -> JobPods.failed(job, pod));
        this.succeeded = job.number(0, "status", "succeeded") + newlySucceeded.size() + uncountedSucceeded.size();
        this.failed = job.number(0, "status", "failed")
                + newlyFailed.stream()
                        .filter(pod -> JobPolicies.judge(job, pod).counts())
                        .count()
                + uncountedFailed.size();
        this.completedBefore = indexes("completedIndexes");
        this.failedIndexes = JobPods.limitsEachIndex(job) ? indexes("failedIndexes") : null;
        if (indexed) {
            lookAtIndexes();
        }
    }

    List<String> uncounted(String kind) {
        return job.texts("status", "uncountedTerminatedPods", kind);
    }

    boolean isToBeCounted(KubeObject pod) {
        return JobPods.isTracked(pod) && !released.contains(pod.uid());
    }

    boolean isSuspended() {
        return job.flag("spec", "suspend");
    }

    private List<KubeObject> fresh(Set<String> uncounted, Predicate<KubeObject> ended) {
        return pods.stream()
                .filter(pod -> isToBeCounted(pod) && !uncounted.contains(pod.uid()))
                .filter(pod -> JobPods.hasPlace(job, pod) && ended.test(pod))
                .toList();
    }

    private NavigableSet<Long> indexes(String field) {
        return JobIndexes.parse(job.text("status", field), job.number(0, "spec", "completions"));
    }

    private void lookAtIndexes() {
        completed.addAll(completedBefore);
        for (KubeObject pod : pods) {
            if (JobPods.isTracked(pod) && JobPods.hasPlace(job, pod)) {
                if (JobPods.succeeded(pod)) {
                    completed.add(JobPods.index(pod));
                }
                if (failedIndexes != null && failsItsIndex(pod)) {
                    failedIndexes.add(JobPods.index(pod));
                }
            }
        }
        succeeded = completed.size();
        if (failedIndexes != null) {
            Set<Long> settled = new HashSet<>(completed);
            settled.addAll(failedIndexes);
            active.forEach(pod -> settled.add(JobPods.index(pod)));
            fresh(Set.of(), pod -> JobPods.failed(job, pod) && !settled.contains(JobPods.index(pod)))
                    .forEach(pod -> delayed.merge(JobPods.index(pod), pod, JobLook::later));
        }
    }

    private boolean failsItsIndex(KubeObject pod) {
        if (!JobPods.failed(job, pod)) {
            return false;
        }
        JobPolicies.Verdict verdict = JobPolicies.judge(job, pod);
        return verdict.action().equals("FailIndex")
                || verdict.counts() && JobPods.failures(pod) >= job.number(0, "spec", "backoffLimitPerIndex");
    }

    private static KubeObject later(KubeObject one, KubeObject other) {
        boolean more = JobPods.failures(one) + JobPods.ignoredFailures(one)
                <= JobPods.failures(other) + JobPods.ignoredFailures(other);
        return more && !JobPods.finishedAt(other).isBefore(JobPods.finishedAt(one)) ? other : one;
    }
}
