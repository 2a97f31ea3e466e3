package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.Map;

/** Clears away: Jobs whose time to live is over, bootstrap tokens that have expired. */
final class Sweepers {
    private final ControllerContext context;

    private Sweepers(ControllerContext context) {
        this.context = context;
    }

    static void start(ControllerContext context) {
        Sweepers sweepers = new Sweepers(context);
        context.watch(Kinds.JOBS, context.loop("ttl-after-finished-controller", sweepers::finishedJob));
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
