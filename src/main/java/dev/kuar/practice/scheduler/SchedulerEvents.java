package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events in the newer form: with eventTime, action and reporting controller; repeats make a series.
 *
 * <p>Models the broadcaster of events.k8s.io: alike is what has type, reason, action and both objects, at their revision, in
 * common, whatever the message; the second one is written as a count of 2, later ones are counted here and written when the
 * series goes on for half an hour or has rested for six minutes. Thread-safe.
 */
final class SchedulerEvents {
    static final String NAME = "default-scheduler";
    private static final GroupResource EVENTS = GroupResource.core("events");
    private static final Duration REST = Duration.ofMinutes(6);
    private static final int REFRESH = 5;

    private final ApiClient client;
    private final ClusterClock clock;
    private final String instance;

    /** Of the last event, so that no two have the same name. */
    private long newest;

    private int sweeps;
    private boolean sweeping;

    /** What was written. */
    private static final class Written {
        private final KubeObject event;
        private long count = 1;
        private Instant last;

        Written(KubeObject event, Instant last) {
            this.event = event;
            this.last = last;
        }
    }

    private final Map<String, Written> written = new LinkedHashMap<>();

    SchedulerEvents(ApiClient client, ClusterClock clock, String host) {
        this.client = client;
        this.clock = clock;
        this.instance = host.isEmpty() ? NAME : NAME + "-" + host;
    }

    synchronized void record(
            KubeObject about, @Nullable KubeObject related, String type, String reason, String action, String message) {
        Instant now = clock.now();
        String key = String.join("|", type, reason, action, identity(about), identity(related));
        Written before = written.get(key);
        if (before != null) {
            before.count++;
            before.last = now;
            if (before.count == 2) {
                write(before);
            }
            return;
        }
        KubeObject event = event(about, related, type, reason, action, FitFailure.cut(message), now);
        written.put(key, new Written(event, now));
        if (!sweeping) {
            sweeping = true;
            clock.after(REST, this::sweep);
        }
        try {
            client.create(EVENTS, about.namespace(), event);
        } catch (ApiException e) {
            dropped(e);
        }
    }

    private static String identity(@Nullable KubeObject object) {
        return object == null ? "" : object.uid() + "@" + object.resourceVersion();
    }

    private static void dropped(ApiException e) {
        System.getLogger(SchedulerEvents.class.getName()).log(System.Logger.Level.DEBUG, "event dropped", e);
    }

    private void write(Written series) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("count", series.count);
        tree.put("lastObservedTime", stamp(series.last));
        try {
            client.patch(
                    EVENTS,
                    series.event.namespace(),
                    series.event.name(),
                    "",
                    ApiClient.PatchType.STRATEGIC,
                    Map.of("series", tree));
        } catch (ApiException e) {
            dropped(e);
        }
    }

    private synchronized void sweep() {
        sweeps++;
        Instant now = clock.now();
        List<String> done = new ArrayList<>();
        written.forEach((key, each) -> {
            boolean rests = each.last.plus(REST).isBefore(now);
            if (each.count > 2 && (rests || sweeps % REFRESH == 0)) {
                write(each);
            }
            if (rests) {
                done.add(key);
            }
        });
        done.forEach(written::remove);
        sweeping = !written.isEmpty();
        if (sweeping) {
            clock.after(REST, this::sweep);
        }
    }

    private static String stamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }

    private KubeObject event(
            KubeObject about,
            @Nullable KubeObject related,
            String type,
            String reason,
            String action,
            String message,
            Instant now) {
        newest = Math.max(newest + 1, now.getEpochSecond() * 1_000_000_000L + now.getNano());
        KubeObject event =
                KubeObject.create("v1", "Event", about.namespace(), about.name() + "." + Long.toHexString(newest));
        event.set(reference(about), "involvedObject");
        event.set(related == null ? null : reference(related), "related");
        event.set(reason, "reason");
        event.set(message, "message");
        event.set(new LinkedHashMap<String, Object>(), "source");
        event.set(stamp(now), "eventTime");
        event.set(type, "type");
        event.set(action, "action");
        event.set(NAME, "reportingComponent");
        event.set(instance, "reportingInstance");
        return event;
    }

    private static Map<String, Object> reference(KubeObject object) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("kind", object.kind());
        reference.put("namespace", object.namespace());
        reference.put("name", object.name());
        reference.put("uid", object.uid());
        reference.put("apiVersion", object.apiVersion());
        if (!object.resourceVersion().isEmpty()) {
            reference.put("resourceVersion", object.resourceVersion());
        }
        return reference;
    }
}
