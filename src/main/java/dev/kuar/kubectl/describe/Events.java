package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Ages;
import dev.kuar.kubectl.data.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The table of events at the end of a description. */
final class Events {
    private Events() {}

    static void show(Tree object, Sheet sheet, Cluster cluster) {
        if (cluster.withEvents()) {
            show(cluster.eventsOf(object), sheet);
        }
    }

    static void show(List<Tree> events, Sheet sheet) {
        if (events.isEmpty()) {
            sheet.field(0, "Events", "<none>");
            return;
        }
        sheet.line(0, "Events:\n  Type\tReason\tAge\tFrom\tMessage");
        sheet.line(1, "----\t------\t----\t----\t-------");
        List<Tree> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparing(Events::lastSeen));
        for (Tree event : sorted) {
            String source = event.textOr(event.text("reportingComponent"), "source", "component");
            sheet.line(
                    1,
                    event.text("type") + "\t" + event.text("reason") + "\t" + age(event, sheet) + "\t" + source + "\t"
                            + event.text("message").strip());
        }
    }

    private static String lastSeen(Tree event) {
        return event.textOr(
                event.textOr(event.textOr(event.text("metadata", "creationTimestamp"), "eventTime"), "lastTimestamp"),
                "series",
                "lastObservedTime");
    }

    private static String age(Tree event, Sheet sheet) {
        String first = event.textOr(event.text("eventTime"), "firstTimestamp");
        String last = lastSeen(event);
        long count = event.number(event.number(1, "count"), "series", "count");
        String lastAge = Ages.since(last, sheet.clock());
        return count > 1
                ? lastAge + " (x" + count + " over " + Ages.since(first, sheet.clock()) + ")"
                : Ages.since(first.isEmpty() ? last : first, sheet.clock());
    }
}
