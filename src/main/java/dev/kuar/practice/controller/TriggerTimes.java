package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When that happened which changes a Service's endpoints: at first the making of the Service, later the earliest of what is
 * new, of the times at which the Service was made and its pods became ready or unready. Models the tracker of Kubernetes 1.36,
 * which knows what is new by its second: here a pod may become ready in the second in which it began, and that is new too.
 */
final class TriggerTimes {
    static final String ANNOTATION = "endpoints.kubernetes.io/last-change-trigger-time";

    private record Seen(Instant service, Map<String, Turn> pods) {}

    /** When a pod became what it is, ready or unready. */
    private record Turn(Instant time, String ready) {
        boolean isNewAfter(@Nullable Turn before) {
            return before == null
                    || time.isAfter(before.time())
                    || time.equals(before.time()) && !ready.equals(before.ready());
        }
    }

    private final Map<Key, Seen> seen = new ConcurrentHashMap<>();

    /** As it is written into an annotation; empty when nothing is new. */
    Optional<String> next(KubeObject service, Collection<KubeObject> pods) {
        Key key = Key.of(service);
        Seen before = seen.get(key);
        Instant made = PodState.created(service);
        Map<String, Turn> turns = new HashMap<>();
        Instant earliest = null;
        for (KubeObject pod : pods) {
            Map<String, Object> ready = Trees.condition(pod, "Ready");
            String changed = Trees.text(ready, "lastTransitionTime");
            if (!changed.isEmpty()) {
                Turn turn = new Turn(PodState.time(changed), Trees.text(ready, "status"));
                turns.put(pod.name(), turn);
                if (turn.isNewAfter(before == null ? null : before.pods().get(pod.name()))) {
                    earliest = earlier(earliest, turn.time());
                }
            }
        }
        earliest = isNew(made, before == null ? null : before.service()) ? earlier(earliest, made) : earliest;
        seen.put(key, new Seen(made, turns));
        Instant trigger = before == null ? made : earliest;
        return trigger == null || trigger.equals(Instant.MIN) ? Optional.empty() : Optional.of(trigger.toString());
    }

    private static boolean isNew(Instant time, @Nullable Instant before) {
        return before == null || time.isAfter(before);
    }

    private static Instant earlier(@Nullable Instant a, Instant b) {
        return a == null || b.isBefore(a) ? b : a;
    }

    void forget(Key service) {
        seen.remove(service);
    }
}
