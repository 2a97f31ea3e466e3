package dev.kuar.practice.controller;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the pods of one Job, each once: those that ended are first noted in {@code status.uncountedTerminatedPods}, or as
 * completed indexes, then lose their finalizer, then move into the counters. Only then the job is Complete or Failed.
 */
final class JobCount {
    private static final int AT_ONCE = 500;

    private final ControllerContext context;
    private final EventRecorder events;
    private final JobTracking tracking;
    private final JobBackOff backOff;
    private final JobLook look;
    private final List<KubeObject> leaving = new ArrayList<>();
    private Map<String, Object> end;
    private boolean dirty;

    /** @param dirty whether the look's status differs already from what is written */
    JobCount(
            ControllerContext context,
            EventRecorder events,
            JobTracking tracking,
            JobBackOff backOff,
            JobLook look,
            boolean dirty) {
        this.context = context;
        this.events = events;
        this.tracking = tracking;
        this.backOff = backOff;
        this.look = look;
        this.end = look.ending;
        this.dirty = dirty;
    }

    void run() {
        Set<String> held = new HashSet<>();
        look.pods.stream().filter(look::isToBeCounted).forEach(pod -> held.add(pod.uid()));
        dirty |= moveIntoCounters(held);
        boolean all = note();
        announce();
        if (dirty) {
            write();
            backOff.keep(look.key, look.backOff);
        }
        ApiException failure = tracking.releaseAll(look.key, leaving, held);
        dirty |= moveIntoCounters(held);
        if (failure != null) {
            if (dirty) {
                write();
            }
            throw failure;
        }
        boolean finished = all && finish();
        if (dirty || finished) {
            write();
        }
        if (finished) {
            tell();
        }
    }

    private void write() {
        look.job = tracking.write(look.job);
        dirty = false;
    }

    /** What is noted as uncounted and has lost its finalizer; whether there was any. */
    private boolean moveIntoCounters(Set<String> held) {
        boolean moved = false;
        for (String kind : List.of("succeeded", "failed")) {
            List<String> before = look.uncounted(kind);
            List<Object> after =
                    new ArrayList<>(before.stream().filter(held::contains).toList());
            if (after.size() < before.size()) {
                long count = look.job.number(0, "status", kind) + before.size() - after.size();
                look.job.set(count, "status", kind);
                look.job.set(after.isEmpty() ? null : after, "status", "uncountedTerminatedPods", kind);
                moved = true;
            }
        }
        return moved;
    }

    /** Whether all pods could be noted. */
    private boolean note() {
        List<Object> succeeded = new ArrayList<>(look.uncounted("succeeded"));
        List<Object> failed = new ArrayList<>(look.uncounted("failed"));
        List<Long> indexes = new ArrayList<>();
        int before = succeeded.size() + failed.size();
        if (look.indexed) {
            look.pods.sort(JobScale.BY_INDEX);
        }
        boolean full = false;
        for (KubeObject pod : look.pods) {
            if (full) {
                break;
            }
            if (!look.isToBeCounted(pod) || !mayLeave(pod)) {
                continue;
            }
            leaving.add(pod);
            if (JobPods.succeeded(pod) && !look.uncountedFailed.contains(pod.uid())) {
                if (!look.indexed) {
                    addIf(!look.uncountedSucceeded.contains(pod.uid()), succeeded, pod);
                } else if (JobPods.hasPlace(look.job, pod) && !look.completedBefore.contains(JobPods.index(pod))) {
                    indexes.add(JobPods.index(pod));
                }
            } else if (JobPods.failed(look.job, pod) || fails()) {
                boolean counts = !look.uncountedFailed.contains(pod.uid())
                        && JobPods.hasPlace(look.job, pod)
                        && JobPolicies.judge(look.job, pod).counts();
                addIf(counts, failed, pod);
            }
            full = indexes.size() + succeeded.size() + failed.size() >= AT_ONCE;
        }
        dirty |= !indexes.isEmpty() || succeeded.size() + failed.size() > before;
        look.job.set(succeeded.isEmpty() ? null : succeeded, "status", "uncountedTerminatedPods", "succeeded");
        look.job.set(failed.isEmpty() ? null : failed, "status", "uncountedTerminatedPods", "failed");
        if (look.indexed) {
            noteIndexes(indexes);
        }
        return !full;
    }

    private static void addIf(boolean wanted, List<Object> uids, KubeObject pod) {
        if (wanted) {
            uids.add(pod.uid());
        }
    }

    private boolean fails() {
        return !look.ending.isEmpty() && !"SuccessCriteriaMet".equals(look.ending.get("type"));
    }

    private boolean mayLeave(KubeObject pod) {
        if (look.job.isTerminating() || !look.ending.isEmpty() || JobPods.succeeded(pod)) {
            return true;
        }
        KubeObject delayed = look.delayed.get(JobPods.index(pod));
        return JobPods.failed(look.job, pod)
                && (delayed == null || !delayed.uid().equals(pod.uid()));
    }

    private void noteIndexes(List<Long> indexes) {
        look.completed.addAll(indexes);
        String completed = JobIndexes.format(look.completed);
        dirty |= !completed.equals(look.job.text("status", "completedIndexes"));
        look.job.set(Trees.orNull(look.completed.size()), "status", "succeeded");
        look.job.set(completed.isEmpty() ? null : completed, "status", "completedIndexes");
        String failed = look.failedIndexes == null ? null : JobIndexes.format(look.failedIndexes);
        dirty |= !java.util.Objects.equals(failed, look.job.at("status", "failedIndexes"));
        look.job.set(failed, "status", "failedIndexes");
    }

    /** Says that it will end before the finalizers go. */
    private void announce() {
        String type = Trees.text(look.ending, "type");
        boolean success = type.equals("SuccessCriteriaMet");
        if (!success && !type.equals("FailureTarget")) {
            return;
        }
        if (!success || !Trees.isTrue(look.job, type)) {
            List<Object> conditions = new ArrayList<>(look.job.maps("status", "conditions"));
            conditions.add(look.ending);
            look.job.set(conditions, "status", "conditions");
            dirty = true;
        }
        end = JobEnding.condition(
                context,
                success ? "Complete" : "Failed",
                "True",
                Trees.text(look.ending, "reason"),
                Trees.text(look.ending, "message"));
    }

    private boolean finish() {
        if (end.isEmpty()
                || !look.uncounted("succeeded").isEmpty()
                || !look.uncounted("failed").isEmpty()
                || look.terminating > 0) {
            return false;
        }
        List<Object> conditions = new ArrayList<>(look.job.maps("status", "conditions"));
        conditions.add(end);
        look.job.set(conditions, "status", "conditions");
        if ("Complete".equals(end.get("type"))) {
            look.job.set(end.get("lastTransitionTime"), "status", "completionTime");
        }
        return true;
    }

    private void tell() {
        if (!"Complete".equals(end.get("type"))) {
            events.warning(look.job, Trees.text(end, "reason"), Trees.text(end, "message"));
            return;
        }
        long completions = look.job.number(Long.MAX_VALUE, "spec", "completions");
        if (look.job.number(0, "status", "succeeded") > completions) {
            events.warning(
                    look.job, "TooManySucceededPods", "Too many succeeded pods running after completion count reached");
        }
        events.normal(look.job, "Completed", "Job completed");
    }
}
