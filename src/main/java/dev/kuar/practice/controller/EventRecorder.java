package dev.kuar.practice.controller;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Writes Events of one component, in the background and in order; what fails is dropped, as upstream does.
 *
 * <p>Repeats are counted on the first event ({@code count}, {@code lastTimestamp}); more than ten that differ only in their
 * message within ten minutes become one whose message begins with {@code (combined from similar events): }; after a burst
 * of 25 an object may have one event every five minutes. Models client-go's EventCorrelator.
 */
final class EventRecorder {
    private static final int REMEMBERED = 4096;
    private static final int SIMILAR = 10;
    private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
    private static final double BURST = 25;
    private static final double TOKENS_PER_SECOND = 1 / 300.0;

    private final ApiClient client;
    private final ClusterClock clock;
    private final Executor executor;
    private final String component;
    private final Map<String, KubeObject> written = remembering();
    private final Map<String, Group> groups = remembering();
    private final Map<String, Bucket> buckets = remembering();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    /** Of the last event, so that no two have the same name. */
    private long newest;

    private static final class Group {
        private final Set<String> messages = new HashSet<>();
        private Instant last = Instant.MIN;
    }

    private static final class Bucket {
        private double tokens = BURST;
        private Instant last = Instant.MIN;
    }

    EventRecorder(ApiClient client, ClusterClock clock, Executor executor, String component) {
        this.client = client.as(
                UserInfo.of("system:kube-controller-manager", "system:authenticated"), ControllerContext.AGENT);
        this.clock = clock;
        this.executor = executor;
        this.component = component;
    }

    void normal(KubeObject about, String reason, String message) {
        record(about, "Normal", reason, message);
    }

    void warning(KubeObject about, String reason, String message) {
        record(about, "Warning", reason, message);
    }

    private void record(KubeObject about, String type, String reason, String message) {
        Instant now = clock.now();
        synchronized (waiting) {
            waiting.add(() -> write(about, type, reason, message, now));
            if (busy) {
                return;
            }
            busy = true;
        }
        submit();
    }

    private void submit() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                waiting.clear();
            }
        }
    }

    private void drain() {
        Runnable next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null) {
                busy = false;
                return;
            }
        }
        try {
            next.run();
        } catch (RuntimeException e) {
            System.getLogger(EventRecorder.class.getName()).log(System.Logger.Level.DEBUG, "event dropped", e);
        }
        submit();
    }

    private void write(KubeObject about, String type, String reason, String message, Instant now) {
        String object =
                component + "|" + about.kind() + "|" + about.namespace() + "|" + about.name() + "|" + about.uid();
        String groupKey = object + "|" + type + "|" + reason;
        Group group = groups.computeIfAbsent(groupKey, key -> new Group());
        if (Duration.between(group.last, now).compareTo(SIMILAR_WITHIN) > 0) {
            group.messages.clear();
        }
        group.last = now;
        group.messages.add(message);
        boolean combined = group.messages.size() > SIMILAR;
        String key = combined ? groupKey : groupKey + "|" + message;
        String text = combined ? "(combined from similar events): " + message : message;
        if (!allowed(object, now)) {
            return;
        }
        String stamp = now.truncatedTo(ChronoUnit.SECONDS).toString();
        KubeObject before = written.get(key);
        if (before != null) {
            long count = before.number(1, "count") + 1;
            try {
                written.put(
                        key,
                        client.patch(
                                Kinds.EVENTS,
                                before.namespace(),
                                before.name(),
                                "",
                                ApiClient.PatchType.STRATEGIC,
                                Trees.map("count", count, "lastTimestamp", stamp, "message", text)));
                return;
            } catch (ApiException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
        written.put(key, client.create(Kinds.EVENTS, namespace(about), event(about, type, reason, text, stamp, now)));
    }

    private boolean allowed(String object, Instant now) {
        Bucket bucket = buckets.computeIfAbsent(object, key -> new Bucket());
        if (!bucket.last.equals(Instant.MIN)) {
            double seconds = Duration.between(bucket.last, now).toMillis() / 1000.0;
            bucket.tokens = Math.min(BURST, bucket.tokens + seconds * TOKENS_PER_SECOND);
        }
        bucket.last = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    private KubeObject event(KubeObject about, String type, String reason, String message, String stamp, Instant now) {
        newest = Math.max(newest + 1, now.getEpochSecond() * 1_000_000_000L + now.getNano());
        KubeObject event =
                KubeObject.create("v1", "Event", namespace(about), about.name() + "." + Long.toHexString(newest));
        event.set(
                Trees.map(
                        "kind",
                        about.kind(),
                        "namespace",
                        about.namespace().isEmpty() ? null : about.namespace(),
                        "name",
                        about.name(),
                        "uid",
                        about.uid().isEmpty() ? null : about.uid(),
                        "apiVersion",
                        about.apiVersion(),
                        "resourceVersion",
                        about.resourceVersion().isEmpty() ? null : about.resourceVersion()),
                "involvedObject");
        event.set(reason, "reason");
        event.set(message, "message");
        event.set(Trees.map("component", component), "source");
        event.set(stamp, "firstTimestamp");
        event.set(stamp, "lastTimestamp");
        event.set(1L, "count");
        event.set(type, "type");
        event.set(component, "reportingComponent");
        event.set("", "reportingInstance");
        return event;
    }

    private static String namespace(KubeObject about) {
        return about.namespace().isEmpty() ? "default" : about.namespace();
    }

    private static <V> Map<String, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
