package dev.kuar.practice.kubelet;

import dev.kuar.practice.api.ApiClient;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells about objects as the kubelet of one node; the same words about the same thing are counted in one event. */
final class EventRecorder {
    private static final int MOST_REMEMBERED = 2000;

    private final ApiClient api;
    private final ClusterClock clock;
    private final String node;
    private final Executor executor;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Map<String, KubeObject> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KubeObject> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    EventRecorder(ApiClient api, ClusterClock clock, String node, Executor executor) {
        this.api = api;
        this.clock = clock;
        this.node = node;
        this.executor = executor;
    }

    /** @param fieldPath {@code spec.containers{name}} or empty */
    void pod(KubeObject pod, String fieldPath, String type, String reason, String message) {
        pod(pod, fieldPath, type, reason, message, Duration.ZERO);
    }

    /** @param ago how long ago it happened: a kubelet keeps what it has to tell until there is an API server */
    void pod(KubeObject pod, String fieldPath, String type, String reason, String message, Duration ago) {
        Map<String, Object> involved = new LinkedHashMap<>();
        involved.put("kind", "Pod");
        involved.put("namespace", pod.namespace());
        involved.put("name", pod.name());
        // A static pod is told of as itself, not as its mirror.
        String key = NodeAgent.key(pod);
        involved.put("uid", key);
        involved.put("apiVersion", "v1");
        if (key.equals(pod.uid())) {
            involved.put("resourceVersion", pod.resourceVersion());
        }
        if (!fieldPath.isEmpty()) {
            involved.put("fieldPath", fieldPath);
        }
        later(pod.namespace(), involved, type, reason, message, clock.now().minus(ago));
    }

    void node(String type, String reason, String message) {
        Map<String, Object> involved = new LinkedHashMap<>();
        involved.put("kind", "Node");
        involved.put("name", node);
        involved.put("uid", node);
        later("default", involved, type, reason, message, clock.now());
    }

    private void later(
            String namespace, Map<String, Object> involved, String type, String reason, String message, Instant now) {
        queue.add(() -> record(namespace, involved, type, reason, message, now));
        if (draining.compareAndSet(false, true)) {
            executor.execute(this::drain);
        }
    }

    /** Writes what is waiting, in the order in which it was told. */
    private void drain() {
        do {
            Runnable next = queue.poll();
            while (next != null) {
                next.run();
                next = queue.poll();
            }
            draining.set(false);
        } while (!queue.isEmpty() && draining.compareAndSet(false, true));
    }

    private synchronized void record(
            String namespace, Map<String, Object> involved, String type, String reason, String message, Instant now) {
        String key = involved.get("uid") + "|" + involved.get("fieldPath") + "|" + type + "|" + reason + "|" + message;
        try {
            KubeObject before = seen.get(key);
            if (before != null) {
                KubeObject again = before.copy();
                again.set(before.number(1, "count") + 1, "count");
                again.set(Times.seconds(now), "lastTimestamp");
                again.set(null, "metadata", "resourceVersion");
                again.set(null, "metadata", "managedFields");
                try {
                    seen.put(key, api.update(Resources.EVENTS, again));
                    return;
                } catch (ApiException e) {
                    if (!e.isNotFound()) {
                        throw e;
                    }
                }
            }
            seen.put(
                    key,
                    api.create(Resources.EVENTS, namespace, fresh(namespace, involved, type, reason, message, now)));
        } catch (RuntimeException e) {
            seen.remove(key);
        }
    }

    private KubeObject fresh(
            String namespace, Map<String, Object> involved, String type, String reason, String message, Instant now) {
        String name = involved.get("name") + "."
                + Long.toHexString(now.getEpochSecond() * 1_000_000_000L + now.getNano() + seen.size());
        KubeObject event = KubeObject.create("v1", "Event", namespace, name);
        event.set(involved, "involvedObject");
        event.set(reason, "reason");
        event.set(message, "message");
        event.set("kubelet", "source", "component");
        event.set(node, "source", "host");
        event.set(Times.seconds(now), "firstTimestamp");
        event.set(Times.seconds(now), "lastTimestamp");
        event.set(1L, "count");
        event.set(type, "type");
        event.set("kubelet", "reportingComponent");
        event.set(node, "reportingInstance");
        return event;
    }
}
