package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import dev.kuar.practice.time.ClusterClock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Lets events go that nobody has written for an hour, as a kube-apiserver's etcd does, where each is kept by a lease; nobody is asked
 * and nothing of it is in the audit log.
 */
final class EventExpiry implements AutoCloseable {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final Parts parts;
    private volatile boolean closed;
    private volatile ClusterClock.Timeout next;

    EventExpiry(Parts parts) {
        this.parts = parts;
        this.next = parts.clock().after(LOOK_EVERY, this::run);
    }

    private void run() {
        if (closed) {
            return;
        }
        try {
            look();
        } catch (RuntimeException refused) {
            System.getLogger(EventExpiry.class.getName()).log(System.Logger.Level.WARNING, "events", refused);
        }
        next = parts.clock().after(LOOK_EVERY, this::run);
    }

    private void look() {
        Kind kind = parts.catalog().find("", "events").orElseThrow();
        Instant now = parts.now();
        for (Stored stored : List.copyOf(parts.storage().feed(kind).all())) {
            if (parts.clock().due(written(stored.object()), LIFE).isBefore(now)) {
                parts.storage().delete(kind, stored.key(), stored);
            }
        }
    }

    /** When the event was written last, as far as it says so itself. */
    private static Instant written(KubeObject event) {
        Instant last = Instant.MIN;
        for (String time : new String[] {
            event.text("metadata", "creationTimestamp"),
            event.text("lastTimestamp"),
            event.text("series", "lastObservedTime")
        }) {
            try {
                Instant each = time.isEmpty() ? last : Instant.parse(time);
                last = each.isAfter(last) ? each : last;
            } catch (DateTimeException noTime) {
                continue;
            }
        }
        return last;
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
    }
}
