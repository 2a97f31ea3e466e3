package dev.kuar.practice.controller;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings the number of a Job's running pods to what its parallelism, its completions and its back-off allow. */
final class JobScale {
    static final Comparator<KubeObject> BY_INDEX = Comparator.comparingLong(JobPods::index);

    private static final int AT_ONCE = 500;

    private final ControllerContext context;
    private final PodControl control;
    private final JobTracking tracking;

    JobScale(ControllerContext context, PodControl control, JobTracking tracking) {
        this.context = context;
        this.control = control;
        this.tracking = tracking;
    }

    /**
     * What was done.
     *
     * @param active pods then; 0 while it waits for a back-off, as upstream
     * @param failure the first; null for none
     */
    record Done(long active, Next next, @Nullable ApiException failure) {}

    Done run(JobLook look) {
        KubeObject job = look.job;
        long active = look.active.size();
        if (look.isSuspended()) {
            return remove(look, surplus(look, active));
        }
        long wanted = wanted(look);
        List<KubeObject> surplus = surplus(look, Math.max(0, active - wanted));
        if (!surplus.isEmpty()) {
            return remove(look, surplus.subList(0, Math.min(AT_ONCE, surplus.size())));
        }
        long ending = JobPods.replacesOnlyFailed(job) ? look.terminating : 0;
        long missing = wanted - ending - active;
        if (missing <= 0) {
            return new Done(active, Next.ON_CHANGE, null);
        }
        Instant due = JobPods.limitsEachIndex(job) ? Instant.MIN : look.backOff.due(context);
        if (due.isAfter(context.instant())) {
            return new Done(0, JobController.batched(due, context), null);
        }
        missing = Math.min(missing, AT_ONCE);
        return look.indexed ? addIndexes(look, missing) : add(look, new ArrayList<>(), missing);
    }

    private static long wanted(JobLook look) {
        long parallelism = look.job.number(1, "spec", "parallelism");
        if (look.job.at("spec", "completions") == null) {
            return look.succeeded > 0 ? look.active.size() : parallelism;
        }
        return Math.max(0, Math.min(parallelism, look.job.number(1, "spec", "completions") - look.succeeded));
    }

    /** At least {@code least}; of an indexed job those too whose index is taken, unknown or too high. */
    private static List<KubeObject> surplus(JobLook look, long least) {
        List<KubeObject> surplus = new ArrayList<>();
        List<KubeObject> left = new ArrayList<>(look.active);
        if (look.indexed) {
            Map<Long, List<KubeObject>> byIndex = new TreeMap<>();
            left.forEach(pod -> byIndex.computeIfAbsent(JobPods.index(pod), key -> new ArrayList<>())
                    .add(pod));
            left.clear();
            byIndex.values().forEach(same -> {
                same.sort(DeletionOrder.UNRANKED);
                boolean keeps = JobPods.hasPlace(look.job, same.get(0));
                surplus.addAll(keeps ? same.subList(0, same.size() - 1) : same);
                left.addAll(keeps ? same.subList(same.size() - 1, same.size()) : List.of());
            });
        }
        if (surplus.size() < least) {
            left.sort(DeletionOrder.UNRANKED);
            surplus.addAll(left.subList(0, (int) least - surplus.size()));
        }
        return surplus;
    }

    /** What is removed so is not counted: its finalizer goes first. */
    private Done remove(JobLook look, List<KubeObject> pods) {
        long removed = 0;
        ApiException failure = null;
        for (KubeObject pod : pods) {
            try {
                tracking.release(pod);
                control.delete(look.job, pod);
                removed++;
                look.ready -= PodState.isReady(pod) ? 1 : 0;
            } catch (ApiException e) {
                removed += e.isNotFound() ? 1 : 0;
                failure = failure == null && !e.isNotFound() ? e : failure;
            }
        }
        look.terminating += removed;
        return new Done(look.active.size() - removed, Next.ON_CHANGE, failure);
    }

    private Done addIndexes(JobLook look, long missing) {
        List<Long> pending = pending(look, missing);
        Instant earliest = Instant.MAX;
        List<Long> now = new ArrayList<>();
        for (long index : pending) {
            Instant due = JobPods.limitsEachIndex(look.job) ? due(look.delayed.get(index)) : Instant.MIN;
            if (due.isAfter(context.instant())) {
                earliest = due.isBefore(earliest) ? due : earliest;
            } else {
                now.add(index);
            }
        }
        if (now.isEmpty() && earliest.isBefore(Instant.MAX)) {
            return new Done(0, JobController.batched(earliest, context), null);
        }
        return add(look, now, now.size());
    }

    private Instant due(@Nullable KubeObject replaced) {
        if (replaced == null) {
            return Instant.MIN;
        }
        long failures = JobPods.failures(replaced) + JobPods.ignoredFailures(replaced) + 1;
        return new JobBackOff.Row(failures, JobPods.finishedAt(replaced)).due(context);
    }

    private static List<Long> pending(JobLook look, long count) {
        Set<Long> taken = new HashSet<>(look.completed);
        look.active.forEach(pod -> taken.add(JobPods.index(pod)));
        if (JobPods.replacesOnlyFailed(look.job)) {
            look.pods.stream().filter(PodState::isTerminating).forEach(pod -> taken.add(JobPods.index(pod)));
        }
        if (look.failedIndexes != null) {
            taken.addAll(look.failedIndexes);
        }
        List<Long> pending = new ArrayList<>();
        long completions = look.job.number(1, "spec", "completions");
        for (long index = 0; index < completions && pending.size() < count; index++) {
            if (!taken.contains(index)) {
                pending.add(index);
            }
        }
        return pending;
    }

    private Done add(JobLook look, List<Long> indexes, long count) {
        SlowStart start = SlowStart.run(count, i -> control.create(look.job, pod(look, indexes, (int) i)));
        ApiException failure = start.failure();
        return new Done(
                look.active.size() + start.done(),
                Next.ON_CHANGE,
                failure != null && PodControl.isForTermination(failure) ? null : failure);
    }

    private static KubeObject pod(JobLook look, List<Long> indexes, int i) {
        KubeObject pod = JobPods.make(look.job);
        if (look.indexed) {
            long index = indexes.get(i);
            JobPods.number(look.job, pod, index);
            if (JobPods.limitsEachIndex(look.job)) {
                countFailures(look, pod, look.delayed.get(index));
            }
        }
        return pod;
    }

    private static void countFailures(JobLook look, KubeObject pod, @Nullable KubeObject replaced) {
        boolean counts =
                replaced != null && JobPolicies.judge(look.job, replaced).counts();
        long failures = replaced == null ? 0 : JobPods.failures(replaced) + (counts ? 1 : 0);
        long ignored = replaced == null ? 0 : JobPods.ignoredFailures(replaced) + (counts ? 0 : 1);
        pod.set(String.valueOf(failures), "metadata", "annotations", JobPods.FAILURES);
        if (ignored > 0) {
            pod.set(String.valueOf(ignored), "metadata", "annotations", JobPods.IGNORED);
        }
    }
}
