package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.Map;

/** Clears away: Jobs whose time to live is over, pods of nodes that are gone or that never had one, bootstrap tokens that have expired. */
final class Sweepers {
    private final ControllerContext context;

    private Sweepers(ControllerContext context) {
        this.context = context;
    }

    static void start(ControllerContext context) {
        Sweepers sweepers = new Sweepers(context);
        context.watch(Kinds.JOBS, context.loop("ttl-after-finished-controller", sweepers::finishedJob));
        Loop pods = context.loop("pod-garbage-collector", sweepers::orphanedPod);
        context.listen(Kinds.NODES, (old, now) -> {
            if (now == null && old != null) {
                context.informer(Kinds.PODS).all().stream()
                        .filter(pod -> pod.text("spec", "nodeName").equals(old.name()))
                        .forEach(pod -> pods.add(Key.of(pod)));
            }
        });
        context.listen(Kinds.PODS, (old, now) -> {
            if (now != null && isUnscheduledAndGoing(now)) {
                pods.add(Key.of(now));
            }
        });
        context.watch(Kinds.SECRETS, context.loop("token-cleaner", sweepers::expiredToken));
    }

    private Next finishedJob(Key key) {
        KubeObject job =
                context.informer(Kinds.JOBS).find(key.namespace(), key.name()).orElse(null);
        if (job == null
                || job.isTerminating()
                || !(job.at("spec", "ttlSecondsAfterFinished") instanceof Number seconds)) {
            return Next.ON_CHANGE;
        }
        Map<String, Object> done = Trees.condition(job, "Complete");
        done = done.isEmpty() ? Trees.condition(job, "Failed") : done;
        if (done.isEmpty()) {
            return Next.ON_CHANGE;
        }
        Instant due = context.due(PodState.time(Trees.text(done, "lastTransitionTime")), seconds.longValue());
        if (due.isAfter(context.instant())) {
            return Next.at(due, context.instant());
        }
        delete("ttl-after-finished-controller", Kinds.JOBS, job, "Foreground", -1);
        return Next.ON_CHANGE;
    }

    private Next orphanedPod(Key key) {
        KubeObject pod =
                context.informer(Kinds.PODS).find(key.namespace(), key.name()).orElse(null);
        String node = pod == null ? "" : pod.text("spec", "nodeName");
        boolean lost =
                !node.isEmpty() && context.informer(Kinds.NODES).find("", node).isEmpty();
        if (pod != null && (lost || isUnscheduledAndGoing(pod))) {
            if (!PodState.isFinished(pod)) {
                fail(pod, lost);
            }
            delete("pod-garbage-collector", Kinds.PODS, pod, "", 0);
        }
        return Next.ON_CHANGE;
    }

    private static boolean isUnscheduledAndGoing(KubeObject pod) {
        return PodState.isTerminating(pod) && pod.text("spec", "nodeName").isEmpty();
    }

    /** No kubelet will tell how it ended, so that whoever counts it waits no longer. */
    private void fail(KubeObject pod, boolean lost) {
        Map<String, Object> status = Trees.map(
                "phase",
                "Failed",
                "observedGeneration",
                Trees.orNull(pod.generation()),
                "conditions",
                lost ? Trees.list(lost(context.now())) : null);
        context.clientFor("pod-garbage-collector")
                .patch(
                        Kinds.PODS,
                        pod.namespace(),
                        pod.name(),
                        "status",
                        ApiClient.PatchType.STRATEGIC,
                        Trees.map("metadata", Trees.map("uid", pod.uid()), "status", status));
    }

    private static Map<String, Object> lost(String now) {
        return Trees.map(
                "lastTransitionTime",
                now,
                "message",
                "PodGC: node no longer exists",
                "reason",
                "DeletionByPodGC",
                "status",
                "True",
                "type",
                "DisruptionTarget");
    }

    private Next expiredToken(Key key) {
        KubeObject secret = context.informer(Kinds.SECRETS)
                .find(key.namespace(), key.name())
                .orElse(null);
        if (secret == null || !secret.text("type").equals("bootstrap.kubernetes.io/token")) {
            return Next.ON_CHANGE;
        }
        Instant due = expiry(secret.text("data", "expiration"));
        if (due.equals(Instant.MAX)) {
            return Next.ON_CHANGE;
        }
        if (due.isAfter(context.instant())) {
            return Next.at(due, context.instant());
        }
        delete("token-cleaner", Kinds.SECRETS, secret, "", -1);
        return Next.ON_CHANGE;
    }

    private static Instant expiry(String base64) {
        try {
            return base64.isEmpty()
                    ? Instant.MAX
                    : Instant.parse(new String(
                            java.util.Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Instant.MAX;
        }
    }

    private void delete(String account, GroupResource resource, KubeObject object, String policy, long grace) {
        try {
            context.clientFor(account)
                    .delete(
                            resource,
                            object.namespace(),
                            object.name(),
                            new ApiClient.DeleteOptions(policy, grace, Map.of("uid", object.uid())));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
