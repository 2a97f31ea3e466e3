package dev.kuar.practice.scheduler;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events in the newer form: with eventTime, action and reporting controller; repeats make a series. */
final class SchedulerEvents {
    static final String NAME = "default-scheduler";
    private static final GroupResource EVENTS = GroupResource.core("events");
    private static final int REMEMBERED = 2048;

    private final ApiClient client;
    private final ClusterClock clock;
    private final String instance;

    /** Of the last event, so that no two have the same name. */
    private long newest;

    private final Map<String, KubeObject> written = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KubeObject> eldest) {
            return size() > REMEMBERED;
        }
    };

    SchedulerEvents(ApiClient client, ClusterClock clock, String host) {
        this.client = client;
        this.clock = clock;
        this.instance = host.isEmpty() ? NAME : NAME + "-" + host;
    }

    /** Called on the scheduler's thread of writes only. */
    void record(
            KubeObject about, @Nullable KubeObject related, String type, String reason, String action, String message) {
        Instant now = clock.now();
        String stamp = now.truncatedTo(ChronoUnit.MICROS).toString();
        String key = about.uid() + "|" + reason + "|" + message;
        try {
            KubeObject before = written.get(key);
            if (before != null) {
                Map<String, Object> series = new LinkedHashMap<>();
                series.put("count", before.number(1, "series", "count") + 1);
                series.put("lastObservedTime", stamp);
                written.put(
                        key,
                        client.patch(
                                EVENTS,
                                before.namespace(),
                                before.name(),
                                "",
                                ApiClient.PatchType.STRATEGIC,
                                Map.of("series", series)));
                return;
            }
            written.put(
                    key,
                    client.create(
                            EVENTS, about.namespace(), event(about, related, type, reason, action, message, now)));
        } catch (ApiException e) {
            System.getLogger(SchedulerEvents.class.getName()).log(System.Logger.Level.DEBUG, "event dropped", e);
        }
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
        event.set(now.truncatedTo(ChronoUnit.MICROS).toString(), "eventTime");
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
