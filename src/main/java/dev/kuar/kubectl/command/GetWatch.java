package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.print.ObjectPrinter;
import dev.kuar.kubectl.print.Table;
import dev.kuar.kubectl.print.TablePrinter;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.RestClient;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code kubectl get -w}: what is there, then each change, until the run is cancelled. */
final class GetWatch {
    private final Run run;
    private final @Nullable ObjectPrinter printer;
    private final ResourceBuilder builder;
    private final boolean events;
    private @Nullable Table table;

    GetWatch(Run run, @Nullable ObjectPrinter printer) {
        this.run = run;
        this.printer = printer;
        this.builder = new ResourceBuilder(run);
        this.events = run.on("output-watch-events");
    }

    int run() {
        List<String> arguments = run.arguments();
        Map<String, String> query = builder.selectors();
        ApiResource type;
        if (ResourceBuilder.namesGiven(arguments)) {
            List<Info> named = builder.named(arguments);
            if (named.size() > 1) {
                throw Failure.error("watch is only supported on individual resources and resource collections - "
                        + named.size() + " resources were found");
            }
            type = named.get(0).resource();
            query.put("fieldSelector", "metadata.name=" + named.get(0).name());
            run.client().get(named.get(0).path(), Table.ACCEPT);
        } else {
            List<ApiResource> types = builder.types(arguments.get(0));
            if (types.size() > 1) {
                throw Failure.error("watch is only supported on individual resources and resource collections - "
                        + types.size() + " resources were found");
            }
            type = types.get(0);
        }
        TablePrinter tables = new GetTables(run).printer(type);
        Tree list = ResourceBuilder.list(run, type, builder.namespaceOf(type), query, accept());
        run.report(type.apiVersion(), type.kind(), builder.namespaceOf(type), List.of(), rows(list));
        if (!run.on("watch-only")) {
            show(list, "ADDED", tables);
        }
        query.put("resourceVersion", list.text("metadata", "resourceVersion"));
        query.put("watch", "true");
        String path = Urls.query(type.path(builder.namespaceOf(type), ""), query);
        while (!run.cancellation().isCancelled()) {
            run.client().lines(path, accept(), line -> event(new Tree(Json.parse(line)), tables));
            if (run.on("watch-only") || !run.cancellation().isCancelled()) {
                return 0;
            }
        }
        return 0;
    }

    private String accept() {
        return printer == null ? Table.ACCEPT : RestClient.JSON;
    }

    private List<Map<String, String>> rows(Tree list) {
        if (printer != null) {
            return List.of();
        }
        table = Table.of(list, null, run.clock());
        return table.asMaps();
    }

    private void event(Tree event, TablePrinter tables) {
        String type = event.text("type");
        if ("ERROR".equals(type)) {
            throw Failure.ofStatus(event.at("object"));
        }
        if (!"BOOKMARK".equals(type)) {
            show(event.at("object"), type, tables);
        }
    }

    private void show(Tree answer, String type, TablePrinter tables) {
        if (printer == null) {
            Table part = Table.of(answer, table, run.clock());
            table = part;
            if (!part.rows().isEmpty()) {
                tables.add(part, "", events ? type : "");
                run.out().print(tables.flush());
            }
        } else {
            List<Tree> items = new ArrayList<>();
            if (answer.at("items").isList()) {
                for (Tree item : answer.items("items")) {
                    Map<String, Object> object = Tree.mapOf(
                            "apiVersion",
                            answer.apiVersion(),
                            "kind",
                            answer.kind().replaceFirst("List$", ""));
                    object.putAll(item.map());
                    items.add(new Tree(object));
                }
            } else {
                items.add(answer);
            }
            for (Tree item : items) {
                if (!run.on("show-managed-fields")) {
                    item.at("metadata").set(null, "managedFields");
                }
                run.out()
                        .print(printer.print(
                                events ? new Tree(Tree.mapOf("type", type, "object", item.value())) : item));
            }
        }
        run.out().flush();
    }
}
