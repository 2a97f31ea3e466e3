package dev.kuar.practice.controller;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One round with one Job: decides whether it ends, brings its pods to the number wanted, and has them counted. */
final class JobSync {
    private final ControllerContext context;
    private final EventRecorder events;
    private final PodControl control;
    private final JobTracking tracking;
    private final JobBackOff backOff;
    private final JobScale scale;

    JobSync(
            ControllerContext context,
            EventRecorder events,
            PodControl control,
            JobTracking tracking,
            JobBackOff backOff) {
        this.context = context;
        this.events = events;
        this.control = control;
        this.tracking = tracking;
        this.backOff = backOff;
        this.scale = new JobScale(context, control, tracking);
    }

    /** @param settled whether all pods that were made or deleted have been seen so */
    Next run(JobLook look, boolean settled) {
        KubeObject job = look.job;
        Object active = job.at("status", "active");
        Object ready = job.at("status", "ready");
        Object terminating = job.at("status", "terminating");
        if (job.at("status", "uncountedTerminatedPods") == null) {
            job.set(Trees.map(), "status", "uncountedTerminatedPods");
        }
        if (job.at("status", "startTime") == null && !look.isSuspended()) {
            job.set(context.now(), "status", "startTime");
        }
        look.backOff = backOff.with(look.key, look.newlySucceeded, look.newlyFailed);
        look.ending = JobEnding.of(context, look);
        boolean turned = false;
        JobScale.Done done;
        if (!look.ending.isEmpty()) {
            done = end(look, settled);
        } else {
            boolean scales = settled && !job.isTerminating();
            done = scales ? scale.run(look) : new JobScale.Done(look.active.size(), Next.ON_CHANGE, null);
            if (isComplete(look, done.active())) {
                look.ending = JobEnding.completed(context);
            } else if (scales) {
                turned = suspendOrResume(look);
            }
        }
        job.set(Trees.orNull(done.active()), "status", "active");
        job.set(look.ready, "status", "ready");
        job.set(look.terminating, "status", "terminating");
        boolean dirty = turned
                || !java.util.Objects.equals(active, job.at("status", "active"))
                || !java.util.Objects.equals(ready, job.at("status", "ready"))
                || !java.util.Objects.equals(terminating, job.at("status", "terminating"));
        Next next = look.ending.isEmpty() ? done.next().or(JobEnding.deadline(context, look)) : done.next();
        new JobCount(context, events, tracking, backOff, look, dirty).run();
        if (done.failure() != null) {
            throw done.failure();
        }
        return next;
    }

    /** Deletes what runs; the end is not told before all of it is on its way out and seen so. */
    private JobScale.Done end(JobLook look, boolean settled) {
        long deleted = 0;
        @Nullable ApiException failure = null;
        for (KubeObject pod : look.active) {
            look.ready -= PodState.isReady(pod) ? 1 : 0;
            try {
                control.delete(look.job, pod);
                deleted++;
            } catch (ApiException e) {
                failure = failure == null ? e : failure;
            }
        }
        look.terminating += deleted;
        long left = look.active.size() - deleted;
        if (left > 0 || !settled) {
            look.ending = Map.of();
        }
        return new JobScale.Done(left, Next.ON_CHANGE, failure);
    }

    private static boolean isComplete(JobLook look, long active) {
        Object completions = look.job.at("spec", "completions");
        return active == 0 && look.succeeded >= (completions instanceof Number number ? number.longValue() : 1);
    }

    private boolean suspendOrResume(JobLook look) {
        boolean suspended = look.isSuspended();
        List<Map<String, Object>> before = look.job.maps("status", "conditions");
        boolean was = Trees.isTrue(look.job, "Suspended");
        if (was == suspended) {
            return false;
        }
        String message = suspended ? "Job suspended" : "Job resumed";
        Map<String, Object> turned = JobEnding.condition(
                context, "Suspended", suspended ? "True" : "False", suspended ? "JobSuspended" : "JobResumed", message);
        List<Object> conditions = new ArrayList<>(before);
        conditions.replaceAll(
                each -> each instanceof Map<?, ?> map && "Suspended".equals(map.get("type")) ? turned : each);
        if (!conditions.contains(turned)) {
            conditions.add(turned);
        }
        look.job.set(conditions, "status", "conditions");
        look.job.set(suspended ? null : context.now(), "status", "startTime");
        events.normal(look.job, suspended ? "Suspended" : "Resumed", message);
        return true;
    }
}
