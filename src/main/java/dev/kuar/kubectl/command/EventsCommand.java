package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Ages;
import dev.kuar.kubectl.data.TabWriter;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.print.Printers;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl events}: what happened, the oldest first. */
final class EventsCommand {
    static final String FLAGS = """
            all-namespaces,A bool If present, list the requested object(s) across all namespaces.
            allow-missing-template-keys bool=true Ignore missing keys in templates.
            chunk-size int=500 Return large lists in chunks rather than all at once.
            for string Filter events to only those pertaining to the specified resource.
            no-headers bool When using the default output format, don't print headers.
            output,o string Output format.
            template string Template string or path to template file.
            types strings Output only events of given types.
            watch,w bool After listing the requested events, watch for more events.
            """;

    private EventsCommand() {}

    static int run(Run run) {
        boolean all = run.on("all-namespaces");
        String base = "/api/v1" + (all ? "" : "/namespaces/" + Urls.encode(run.namespace())) + "/events";
        Map<String, String> query = new LinkedHashMap<>();
        if (!run.text("for").isEmpty()) {
            Info info = new ResourceBuilder(run).named(List.of(run.text("for"))).get(0);
            query.put(
                    "fieldSelector",
                    "involvedObject.kind=" + info.resource().kind() + ",involvedObject.name=" + info.name());
        }
        Tree list = run.client().get(Urls.query(base, query));
        List<String> types = run.flags().list("types");
        List<Tree> events = new ArrayList<>(list.items("items").stream()
                .filter(event ->
                        types.isEmpty() || types.stream().anyMatch(type -> type.equalsIgnoreCase(event.text("type"))))
                .toList());
        events.sort(Comparator.comparing(EventsCommand::last));
        run.report("v1", "Event", all ? "" : run.namespace(), "");
        if (!run.text("output").isEmpty()) {
            list.set(new ArrayList<Object>(events.stream().map(Tree::map).toList()), "items");
            run.out()
                    .print(Printers.of(
                                    run.text("output"),
                                    run.text("template"),
                                    false,
                                    false,
                                    run.invocation().directory())
                            .print(list));
            return 0;
        }
        if (events.isEmpty()) {
            run.error("No events found" + (all ? "." : " in " + run.namespace() + " namespace."));
            return 0;
        }
        StringBuilder text = new StringBuilder();
        if (!run.on("no-headers")) {
            text.append(all ? "NAMESPACE\t" : "").append("LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n");
        }
        for (Tree event : events) {
            text.append(all ? event.namespace() + "\t" : "");
            text.append(age(event, run)).append('\t').append(event.text("type")).append('\t');
            text.append(event.text("reason"))
                    .append('\t')
                    .append(event.text("involvedObject", "kind"))
                    .append('/');
            text.append(event.text("involvedObject", "name")).append('\t');
            text.append(event.text("message").strip().replace("\n", "\\n")).append('\n');
        }
        run.out().print(TabWriter.TABLE.align(text.toString()));
        return 0;
    }

    private static String last(Tree event) {
        return event.textOr(event.textOr(event.text("eventTime"), "lastTimestamp"), "series", "lastObservedTime");
    }

    private static String age(Tree event, Run run) {
        long count = event.number(event.number(1, "count"), "series", "count");
        String age = Ages.since(last(event), run.clock());
        String first = event.textOr(event.text("eventTime"), "firstTimestamp");
        return count > 1 ? age + " (x" + count + " over " + Ages.since(first, run.clock()) + ")" : age;
    }
}
