package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.print.ObjectPrinter;
import dev.kuar.kubectl.print.Printers;
import dev.kuar.kubectl.rest.Answer;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl get}: chooses between tables, objects, watches and raw answers. */
final class GetCommand {
    static final String FLAGS = """
            all-namespaces,A bool If present, list the requested object(s) across all namespaces.
            allow-missing-template-keys bool=true Ignore missing keys in templates.
            chunk-size int=500 Return large lists in chunks rather than all at once.
            field-selector string Selector (field query) to filter on, supports '=', '==', and '!='.
            filename,f strings Filename, directory, or URL to files identifying the resource.
            ignore-not-found bool Suppress NotFound error for specific objects that do not exist.
            kustomize,k string Process a kustomization directory.
            label-columns,L strings Labels that are presented as columns.
            no-headers bool Don't print headers.
            output,o string Output format.
            output-watch-events bool Output watch event objects when --watch or --watch-only is used.
            raw string Raw URI to request from the server.
            recursive,R bool Process the directory used in -f, --filename recursively.
            selector,l string Selector (label query) to filter on.
            server-print bool=true Have the server return the appropriate table output.
            show-kind bool List the resource type for the requested object(s).
            show-labels bool Show all labels as the last column.
            show-managed-fields bool Keep the managedFields when printing objects.
            sort-by string Sort list types using this field specification.
            subresource string Operate on the subresource of the requested object(s).
            template string Template string or path to template file.
            watch,w bool After listing/getting the requested object, watch for changes.
            watch-only bool Watch for changes without listing first.
            """;

    private GetCommand() {}

    static int run(Run run) {
        if (run.flags().changed("raw")) {
            return raw(run);
        }
        boolean files = new Manifests(run).isGiven();
        if (run.arguments().isEmpty() && !files) {
            String list = "Use \"kubectl api-resources\" for a complete list of supported resources.\n\n";
            throw Failure.plain("You must specify the type of resource to get. " + list
                    + "error: Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed "
                    + "description of that resource (e.g. kubectl explain pods).\n"
                    + "See 'kubectl get -h' for help and examples");
        }
        if (!files && run.on("all-namespaces") && ResourceBuilder.namesGiven(run.arguments())) {
            throw Failure.error("a resource cannot be retrieved by name across all namespaces");
        }
        if (!files
                && ResourceBuilder.namesGiven(run.arguments())
                && !run.text("selector").isEmpty()) {
            throw Failure.error("name cannot be provided when a selector is specified");
        }
        boolean table =
                Printers.isTable(run.text("output")) && run.text("template").isEmpty();
        ObjectPrinter printer = table ? null : printer(run);
        if (run.on("watch") || run.on("watch-only")) {
            return new GetWatch(run, printer).run();
        }
        return printer == null ? new GetTables(run).run() : objects(run, printer);
    }

    private static ObjectPrinter printer(Run run) {
        String output = run.text("output");
        return Printers.of(
                output,
                run.text("template"),
                run.on("no-headers"),
                true,
                run.invocation().directory());
    }

    private static int raw(Run run) {
        try (Answer answer = run.client().open("GET", run.text("raw"), "application/json, */*", "", null)) {
            answer.body().transferTo(run.out());
            run.out().flush();
        } catch (IOException failure) {
            throw Failure.error(String.valueOf(failure.getMessage()), failure);
        }
        run.report("", "", "", "");
        return 0;
    }

    private static int objects(Run run, ObjectPrinter printer) {
        ResourceBuilder builder = new ResourceBuilder(run);
        List<Info> infos = new ArrayList<>();
        boolean single = false;
        List<String> arguments = run.arguments();
        if (new Manifests(run).isGiven()) {
            infos.addAll(fetch(run, builder, builder.files()));
            single = infos.size() == 1 && builder.failures().isEmpty();
        } else if (ResourceBuilder.namesGiven(arguments)) {
            List<Info> named = builder.named(arguments);
            single = named.size() == 1;
            infos.addAll(fetch(run, builder, named));
        } else {
            infos.addAll(builder.listed(builder.types(arguments.get(0))));
        }
        if (!run.text("sort-by").isEmpty()) {
            new dev.kuar.kubectl.print.RowSorter(run.text("sort-by")).sort(infos, Info::object);
        }
        if (!run.on("show-managed-fields")) {
            infos.forEach(info -> info.object().at("metadata").set(null, "managedFields"));
        }
        report(run, infos, arguments);
        if (infos.isEmpty() && !builder.failures().isEmpty()) {
            return failed(run, builder);
        }
        if (!(single && infos.isEmpty())) {
            print(run, printer, infos, single);
        }
        return failed(run, builder);
    }

    private static void print(Run run, ObjectPrinter printer, List<Info> infos, boolean single) {
        if (single) {
            run.out().print(printer.print(infos.get(0).object()));
        } else if ("name".equals(run.text("output"))) {
            infos.forEach(info -> run.out().print(printer.print(info.object())));
        } else {
            List<Object> items = new ArrayList<>();
            infos.forEach(info -> Tree.add(items, info.object().value()));
            run.out()
                    .print(printer.print(new Tree(Tree.mapOf(
                            "apiVersion",
                            "v1",
                            "kind",
                            "List",
                            "metadata",
                            Tree.mapOf("resourceVersion", ""),
                            "items",
                            items))));
        }
    }

    private static void report(Run run, List<Info> infos, List<String> arguments) {
        java.util.Map<ApiResource, List<Info>> byResource = new java.util.LinkedHashMap<>();
        infos.forEach(info -> byResource
                .computeIfAbsent(info.resource(), key -> new ArrayList<>())
                .add(info));
        boolean names = ResourceBuilder.namesGiven(arguments);
        byResource.forEach((resource, found) -> run.report(
                resource.apiVersion(),
                resource.kind(),
                resource.namespaced() && !run.on("all-namespaces") ? run.namespace() : "",
                names ? found.stream().map(Info::name).toList() : List.of(),
                found.stream()
                        .map(info -> java.util.Map.of("name", info.name(), "namespace", info.namespace()))
                        .toList()));
    }

    static List<Info> fetch(Run run, ResourceBuilder builder, List<Info> infos) {
        List<Info> found = new ArrayList<>();
        String subresource = run.text("subresource");
        for (Info info : infos) {
            try {
                String path = info.path() + (subresource.isEmpty() ? "" : "/" + subresource);
                found.add(info.with(run.client().get(path)));
            } catch (Failure failure) {
                keep(run, builder, failure);
            }
        }
        return found;
    }

    static void keep(Run run, ResourceBuilder builder, Failure failure) {
        if (!failure.status().isMap()) {
            throw failure;
        }
        if (!(failure.isNotFound() && run.on("ignore-not-found"))) {
            builder.failures().add(failure);
        }
    }

    static int failed(Run run, ResourceBuilder builder) {
        run.out().flush();
        builder.raise();
        return 0;
    }
}
