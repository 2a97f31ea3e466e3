package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.print.RowSorter;
import dev.kuar.kubectl.print.Table;
import dev.kuar.kubectl.print.TablePrinter;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl get} as tables: one request a type or object, rows of the same type under one head. */
final class GetTables {
    private final Run run;
    private final ResourceBuilder builder;

    GetTables(Run run) {
        this.run = run;
        this.builder = new ResourceBuilder(run);
    }

    /** A table and what it is of. */
    private record Part(ApiResource resource, List<String> names, Table table) {}

    int run() {
        List<Part> parts = parts();
        boolean severalTypes = parts.stream().map(Part::resource).distinct().count() > 1
                || run.mapper()
                                .category(
                                        run.arguments().isEmpty()
                                                ? ""
                                                : run.arguments().get(0))
                                .size()
                        > 0;
        boolean withKind = run.on("show-kind") || severalTypes;
        boolean printed = false;
        TablePrinter printer = null;
        ApiResource before = null;
        for (Part part : parts) {
            run.report(
                    part.resource().apiVersion(),
                    part.resource().kind(),
                    builder.namespaceOf(part.resource()),
                    part.names(),
                    part.table().asMaps());
            if (part.table().rows().isEmpty()) {
                continue;
            }
            if (printer == null || !part.resource().equals(before)) {
                if (printer != null) {
                    run.out().print(printer.flush() + "\n");
                }
                printer = printer(part.resource());
                before = part.resource();
            }
            printer.add(part.table(), withKind ? part.resource().singularGroup() + "/" : "", "");
            printed = true;
        }
        if (printer != null) {
            run.out().print(printer.flush());
        }
        if (!printed && !run.on("ignore-not-found") && builder.failures().isEmpty()) {
            boolean namespaced = !run.on("all-namespaces")
                    && parts.stream().allMatch(part -> part.resource().namespaced());
            run.error("No resources found" + (namespaced ? " in " + run.namespace() + " namespace." : ""));
        }
        return GetCommand.failed(run, builder);
    }

    TablePrinter printer(ApiResource resource) {
        return new TablePrinter(new TablePrinter.Options(
                "wide".equals(run.text("output")),
                run.on("no-headers"),
                run.on("all-namespaces") && resource.namespaced(),
                run.on("show-labels"),
                run.flags().list("label-columns")));
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        List<String> arguments = run.arguments();
        boolean files = new Manifests(run).isGiven();
        if (files || ResourceBuilder.namesGiven(arguments)) {
            String subresource = run.text("subresource");
            for (Info info : files ? builder.files() : builder.named(arguments)) {
                try {
                    String path = info.path() + (subresource.isEmpty() ? "" : "/" + subresource);
                    parts.add(new Part(info.resource(), List.of(info.name()), table(path)));
                } catch (Failure failure) {
                    GetCommand.keep(run, builder, failure);
                }
            }
            return parts;
        }
        for (ApiResource type : builder.types(arguments.get(0))) {
            try {
                parts.add(new Part(type, List.of(), list(type)));
            } catch (Failure failure) {
                GetCommand.keep(run, builder, failure);
            }
        }
        return parts;
    }

    private Table table(String path) {
        return Table.of(run.client().get(Urls.query(path, objects()), Table.ACCEPT), null, run.clock());
    }

    private Map<String, String> objects() {
        Map<String, String> query = new LinkedHashMap<>();
        if (!run.text("sort-by").isEmpty()) {
            query.put("includeObject", "Object");
        }
        return query;
    }

    private Table list(ApiResource type) {
        Table whole = null;
        List<Table.Row> rows = new ArrayList<>();
        String next = "";
        do {
            Map<String, String> query = builder.selectors();
            query.putAll(objects());
            query.put("limit", run.flags().number("chunk-size") == 0 ? "" : run.text("chunk-size"));
            query.put("continue", next);
            Tree answer = ResourceBuilder.list(run, type, builder.namespaceOf(type), query, Table.ACCEPT);
            whole = Table.of(answer, whole, run.clock());
            rows.addAll(whole.rows());
            next = answer.text("metadata", "continue");
        } while (!next.isEmpty());
        return sorted(new Table(whole.columns(), rows));
    }

    private Table sorted(Table table) {
        String field = run.text("sort-by");
        if (field.isEmpty()) {
            return table;
        }
        RowSorter sorter = new RowSorter(field);
        List<Table.Row> rows = new ArrayList<>(table.rows());
        if (!sorter.applies(rows.stream().map(Table.Row::object).toList())) {
            return new Table(table.columns(), List.of());
        }
        sorter.sort(rows, Table.Row::object);
        return new Table(table.columns(), rows);
    }
}
