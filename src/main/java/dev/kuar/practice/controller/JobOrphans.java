package dev.kuar.practice.controller;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import java.util.Map;

/** Takes the tracking finalizer off a pod that no unfinished Job looks after any more. */
final class JobOrphans implements Reconciler {
    private final ControllerContext context;
    private final JobTracking tracking;

    JobOrphans(ControllerContext context, JobTracking tracking) {
        this.context = context;
        this.tracking = tracking;
    }

    @Override
    public Next reconcile(Key key) {
        KubeObject pod =
                context.informer(Kinds.PODS).find(key.namespace(), key.name()).orElse(null);
        if (pod != null && isOrphan(pod)) {
            try {
                tracking.release(pod);
            } catch (ApiException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
        return Next.ON_CHANGE;
    }

    private boolean isOrphan(KubeObject pod) {
        Map<String, Object> controller = Owners.controllerOf(pod).orElse(Map.of());
        if (controller.isEmpty()) {
            return true;
        }
        if (!"Job".equals(controller.get("kind")) || !"batch/v1".equals(controller.get("apiVersion"))) {
            return false;
        }
        return context.informer(Kinds.JOBS)
                .find(pod.namespace(), Trees.text(controller, "name"))
                .filter(job -> job.uid().equals(controller.get("uid")))
                .map(job -> JobPods.isFinished(job) && !JobPods.isManagedElsewhere(job))
                .orElse(true);
    }
}
