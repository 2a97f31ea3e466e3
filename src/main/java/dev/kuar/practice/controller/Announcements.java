package dev.kuar.practice.controller;

import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Events about what waits: the same words about the same object at most once in a while, other words at once. */
final class Announcements {
    private final ControllerContext context;
    private final EventRecorder events;
    private final Duration every;
    private final Map<String, Said> said = new ConcurrentHashMap<>();

    /** What was last said about an object. */
    private record Said(String message, Instant at) {}

    Announcements(ControllerContext context, EventRecorder events, Duration every) {
        this.context = context;
        this.events = events;
        this.every = every;
    }

    void normal(KubeObject about, String reason, String message) {
        if (isNew(about, reason + message)) {
            events.normal(about, reason, message);
        }
    }

    void warning(KubeObject about, String reason, String message) {
        if (isNew(about, reason + message)) {
            events.warning(about, reason, message);
        }
    }

    private boolean isNew(KubeObject about, String message) {
        Instant now = context.instant();
        said.values().removeIf(old -> old.at().plus(every).plus(every).isBefore(now));
        Said before = said.get(about.uid());
        if (before != null
                && before.message().equals(message)
                && now.isBefore(before.at().plus(every))) {
            return false;
        }
        said.put(about.uid(), new Said(message, now));
        return true;
    }
}
