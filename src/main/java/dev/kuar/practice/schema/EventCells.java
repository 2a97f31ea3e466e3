package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.Locale;
import java.util.Map;

/** What happened to whom and when, of events in the core form and in that of events.k8s.io. */
final class EventCells {
    private EventCells() {}

    static void register(Map<String, Cell> cells) {
        cells.put("event.lastSeen", EventCells::lastSeen);
        cells.put("event.firstSeen", EventCells::firstSeen);
        cells.put("event.count", event -> count(event));
        cells.put("event.source", event -> source(event));
        cells.put("event.object", event -> {
            KubeObject about = about(event);
            return about.kind().toLowerCase(Locale.ROOT) + "/" + about.text("name");
        });
        cells.put("event.subobject", event -> about(event).text("fieldPath"));
        cells.put("event.message", event -> text(event, "message", "note").strip());
    }

    private static KubeObject about(KubeObject event) {
        Map<String, Object> core = event.map("involvedObject");
        return KubeObject.of(core.isEmpty() ? event.map("regarding") : core);
    }

    private static String text(KubeObject event, String core, String other) {
        return event.text(core).isEmpty() ? event.text(other) : event.text(core);
    }

    private static Object firstSeen(KubeObject event) {
        String first = text(event, "firstTimestamp", "deprecatedFirstTimestamp");
        return Ago.of(first.isEmpty() ? event.text("eventTime") : first);
    }

    private static Object lastSeen(KubeObject event) {
        String series = event.text("series", "lastObservedTime");
        String last = series.isEmpty() ? text(event, "lastTimestamp", "deprecatedLastTimestamp") : series;
        return last.isEmpty() ? firstSeen(event) : Ago.of(last);
    }

    private static long count(KubeObject event) {
        long count = event.number(event.number(0, "deprecatedCount"), "count");
        return event.number(count == 0 ? 1 : count, "series", "count");
    }

    private static String source(KubeObject event) {
        KubeObject source =
                KubeObject.of(event.map("source").isEmpty() ? event.map("deprecatedSource") : event.map("source"));
        String component = source.text("component");
        String host = source.text("host");
        if (component.isEmpty() && host.isEmpty()) {
            return text(event, "reportingComponent", "reportingController");
        }
        return host.isEmpty() ? component : component + ", " + host;
    }
}
