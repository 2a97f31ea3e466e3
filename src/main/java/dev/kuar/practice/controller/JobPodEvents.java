package dev.kuar.practice.controller;

import dev.kuar.practice.api.Informer;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.LabelSelector;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wakes the Jobs that a changed pod concerns, a batch later; pods that have lost theirs go to the orphans' loop. */
final class JobPodEvents implements Informer.Listener {
    private final Informer jobs;
    private final Expectations expectations;
    private final JobTracking tracking;
    private final Loop loop;
    private final Loop orphans;
    private final Duration batch;

    JobPodEvents(
            Informer jobs, Expectations expectations, JobTracking tracking, Loop loop, Loop orphans, Duration batch) {
        this.jobs = jobs;
        this.expectations = expectations;
        this.tracking = tracking;
        this.loop = loop;
        this.orphans = orphans;
        this.batch = batch;
    }

    @Override
    public void changed(@Nullable KubeObject old, @Nullable KubeObject now) {
        if (now == null) {
            if (old != null) {
                deleted(old, true);
            }
        } else if (now.isTerminating()) {
            deleted(now, false);
        } else {
            present(old, now);
        }
    }

    private void present(@Nullable KubeObject old, KubeObject now) {
        Map<String, Object> controller = Owners.controllerOf(now).orElse(Map.of());
        Map<String, Object> before =
                old == null ? Map.of() : Owners.controllerOf(old).orElse(Map.of());
        if (!before.equals(controller)) {
            job(now.namespace(), before).ifPresent(job -> wake(job, now));
        }
        if (!controller.isEmpty()) {
            job(now.namespace(), controller).ifPresent(job -> {
                if (old == null) {
                    expectations.created(Key.of(job));
                }
                wake(job, now);
            });
            return;
        }
        if (JobPods.isTracked(now)) {
            orphans.add(Key.of(now));
        }
        if (old == null || !before.isEmpty() || !old.labels().equals(now.labels())) {
            jobs.inNamespace(now.namespace()).stream()
                    .filter(job ->
                            LabelSelector.ofObject(job.map("spec", "selector")).matches(now.labels()))
                    .forEach(job -> loop.addAfter(Key.of(job), batch));
        }
    }

    private void wake(KubeObject job, KubeObject pod) {
        if (!JobPods.isTracked(pod)) {
            tracking.released(Key.of(job), pod.uid());
        }
        loop.addAfter(Key.of(job), batch);
    }

    private void deleted(KubeObject pod, boolean gone) {
        Optional<KubeObject> job = Owners.controllerOf(pod)
                .flatMap(controller -> job(pod.namespace(), controller))
                .filter(owner -> !JobPods.isFinished(owner));
        if (job.isEmpty()) {
            if (JobPods.isTracked(pod) && !gone) {
                orphans.add(Key.of(pod));
            }
            return;
        }
        Key key = Key.of(job.get());
        expectations.deleted(key, pod.uid());
        if (gone || !JobPods.isTracked(pod)) {
            tracking.released(key, pod.uid());
        }
        loop.addAfter(key, batch);
    }

    /** The job that an owner reference leads to, if it is still that one. */
    private Optional<KubeObject> job(String namespace, Map<String, Object> reference) {
        return "Job".equals(reference.get("kind"))
                ? jobs.find(namespace, Trees.text(reference, "name"))
                        .filter(job -> job.uid().equals(reference.get("uid")))
                : Optional.empty();
    }
}
