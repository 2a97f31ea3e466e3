package dev.kuar.practice.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long things that failed are left alone, by name: twice as long each time. Thread-safe. */
final class BackOffs {
    private static final int REMEMBERED = 1024;

    private record Failed(Instant since, Duration delay) {}

    private final ControllerContext context;
    private final Duration first;
    private final Duration longest;
    private final Map<String, Failed> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failed> eldest) {
            return size() > REMEMBERED;
        }
    };

    BackOffs(ControllerContext context, Duration first, Duration longest) {
        this.context = context;
        this.first = first;
        this.longest = longest;
    }

    /** Until when it is left alone; the distant past where it never failed. */
    synchronized Instant due(String name) {
        Failed entry = entries.get(name);
        return entry == null ? Instant.MIN : entry.since().plus(entry.delay());
    }

    /** It has failed; one that did not for twice the longest time begins anew. */
    synchronized void next(String name) {
        Instant now = context.instant();
        Failed before = entries.get(name);
        Duration delay = first;
        if (before != null && now.isBefore(before.since().plus(longest.multipliedBy(2)))) {
            Duration doubled = before.delay().multipliedBy(2);
            delay = doubled.compareTo(longest) > 0 ? longest : doubled;
        }
        entries.put(name, new Failed(now, delay));
    }
}
