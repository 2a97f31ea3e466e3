package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The seconds that a deleted pod is given: once they are set they can only become fewer. */
final class Grace {
    private Grace() {}

    /** Whether a pod that is on its way goes on as it was told before. */
    static boolean isPending(KubeObject pod, RequestOptions options) {
        long before = pod.number(0, "metadata", "deletionGracePeriodSeconds");
        return before > 0 && (options.gracePeriodSeconds() < 0 || options.gracePeriodSeconds() >= before);
    }

    /** Notes the grace period in {@code marked}; false for a pod whose time is over already. */
    static boolean mark(KubeObject marked, KubeObject old, RequestOptions options, Instant now) {
        if (!old.isTerminating()) {
            long grace = first(old, options);
            set(marked, now.plusSeconds(grace), grace);
            if (old.generation() > 0) {
                marked.set(old.generation() + 1, "metadata", "generation");
            }
            KindRules.orderMetadata(marked);
            return true;
        }
        long before = old.number(0, "metadata", "deletionGracePeriodSeconds");
        if (before == 0) {
            return false;
        }
        long grace = options.gracePeriodSeconds();
        Instant end = Instant.parse(old.text("metadata", "deletionTimestamp")).plusSeconds(grace - before);
        if (end.isBefore(now)) {
            set(marked, now, Math.min(grace, 1));
        } else {
            set(marked, end, grace);
        }
        return true;
    }

    private static void set(KubeObject marked, Instant end, long grace) {
        marked.set(end.truncatedTo(ChronoUnit.SECONDS).toString(), "metadata", "deletionTimestamp");
        marked.set(grace, "metadata", "deletionGracePeriodSeconds");
    }

    /** What was asked for, else the pod's own; none for a pod that nobody runs. */
    private static long first(KubeObject pod, RequestOptions options) {
        String phase = pod.text("status", "phase");
        if (pod.text("spec", "nodeName").isEmpty() || phase.equals("Succeeded") || phase.equals("Failed")) {
            return 0;
        }
        long own = pod.number(0, "spec", "terminationGracePeriodSeconds");
        return options.gracePeriodSeconds() >= 0 ? options.gracePeriodSeconds() : own < 0 ? 1 : own;
    }
}
