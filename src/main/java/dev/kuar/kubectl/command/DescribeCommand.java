package dev.kuar.kubectl.command;

import dev.kuar.kubectl.describe.Describers;
import dev.kuar.kubectl.rest.ApiResource;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kubectl describe}: objects in words, two empty lines between them. */
final class DescribeCommand {
    static final String FLAGS = """
            all-namespaces,A bool If present, list the requested object(s) across all namespaces.
            chunk-size int=500 Return large lists in chunks rather than all at once.
            field-selector string Selector (field query) to filter on.
            filename,f strings Filename, directory, or URL to files containing the resource to describe.
            kustomize,k string Process the kustomization directory.
            recursive,R bool Process the directory used in -f, --filename recursively.
            selector,l string Selector (label query) to filter on.
            show-events bool=true If true, display events related to the described object.
            """;

    private DescribeCommand() {}

    static int run(Run run) {
        List<String> arguments = run.arguments();
        boolean files = new Manifests(run).isGiven();
        if (arguments.isEmpty() && !files) {
            throw Failure.plain("error: You must specify the type of resource to describe. "
                    + "Use \"kubectl api-resources\" for a complete list of supported resources.");
        }
        ResourceBuilder builder = new ResourceBuilder(run);
        List<Info> infos = builder.fetched();
        boolean byPrefix = !files
                && arguments.size() == 2
                && !arguments.get(0).contains("/")
                && infos.isEmpty()
                && builder.failures().stream().allMatch(Failure::isNotFound);
        if (byPrefix) {
            infos = prefixed(builder, arguments);
            if (!infos.isEmpty()) {
                builder.failures().clear();
            }
        }
        boolean events = run.flags().changed("show-events") ? run.on("show-events") : infos.size() < 2;
        boolean first = true;
        for (Info info : infos) {
            String text = Describers.describe(info.object(), run.client(), run.clock(), events);
            run.out().print((first ? "" : "\n\n") + text);
            first = false;
            run.report(
                    info.resource().apiVersion(),
                    info.resource().kind(),
                    info.namespace(),
                    List.of(info.name()),
                    List.of(Map.of("name", info.name(), "namespace", info.namespace())));
        }
        if (infos.isEmpty() && builder.failures().isEmpty()) {
            boolean everywhere = run.on("all-namespaces");
            run.error("No resources found" + (everywhere ? "" : " in " + run.namespace() + " namespace."));
        }
        return GetCommand.failed(run, builder);
    }

    /** Objects whose names begin with what was asked for, when none has that very name. */
    private static List<Info> prefixed(ResourceBuilder builder, List<String> arguments) {
        List<Info> found = new ArrayList<>();
        List<ApiResource> types = builder.types(arguments.get(0));
        for (Info info : builder.listed(types)) {
            if (info.name().startsWith(arguments.get(1))) {
                found.add(info);
            }
        }
        return found;
    }
}
