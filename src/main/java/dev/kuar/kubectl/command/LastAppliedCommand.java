package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.YamlWriter;
import dev.kuar.kubectl.rest.Failure;
import java.util.List;

/** {@code kubectl apply view-last-applied} and {@code set-last-applied}. */
final class LastAppliedCommand {
    static final String FLAGS = Results.FLAGS + """
            all bool Select all resources in the namespace of the specified resource types.
            create-annotation bool Will create 'last-applied-configuration' annotations if it doesn't exist.
            field-manager string=kubectl-set-last-applied Name of the manager used to track field ownership.
            filename,f strings Filename, directory, or URL to files that contains the last-applied-configuration.
            kustomize,k string Process the kustomization directory.
            recursive,R bool Process the directory used in -f, --filename recursively.
            selector,l string Selector (label query) to filter on.
            """;

    private LastAppliedCommand() {}

    static int view(Run run) {
        String output = run.text("output").isEmpty() ? "yaml" : run.text("output");
        if (!List.of("yaml", "json").contains(output)) {
            throw run.usage("Unexpected -o output mode: " + output + ", the flag 'output' must be one of yaml|json");
        }
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.fetch(PatchCommand.targets(run, builder))) {
            String text = info.object().text("metadata", "annotations", CreateCommand.LAST_APPLIED);
            if (text.isEmpty()) {
                throw Failure.error("no last-applied-configuration annotation found on resource: " + info.name());
            }
            Object tree = Json.parse(text);
            run.out().print("yaml".equals(output) ? YamlWriter.write(tree) : Json.pretty(tree, "  ") + "\n");
        }
        return GetCommand.failed(run, builder);
    }

    static int set(Run run) {
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.files()) {
            Tree live = run.client().get(info.path());
            if (!live.has("metadata", "annotations", CreateCommand.LAST_APPLIED) && !run.on("create-annotation")) {
                throw Failure.error("no last-applied-configuration annotation found on resource: " + info.name()
                        + ", to create the annotation, run the command with --create-annotation");
            }
            Tree patch = new Tree(new java.util.LinkedHashMap<String, Object>());
            patch.set(CreateCommand.lastApplied(info.object()), "metadata", "annotations", CreateCommand.LAST_APPLIED);
            Tree after = results.dryClient()
                    ? live
                    : PatchCommand.send(run, results, info, "", PatchCommand.MERGE, patch.map());
            results.print(info.with(after), "configured");
        }
        return GetCommand.failed(run, builder);
    }
}
