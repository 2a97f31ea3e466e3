package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.ParseException;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl patch}, and the patching that label, annotate, scale and set share. */
final class PatchCommand {
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String FLAGS = Results.FLAGS + """
            field-manager string=kubectl-patch Name of the manager used to track field ownership.
            filename,f strings Filename, directory, or URL to files identifying the resource to update.
            kustomize,k string Process the kustomization directory.
            local bool If true, patch will operate on the content of the file, not the server-side resource.
            patch,p string The patch to be applied to the resource JSON file.
            patch-file string A file containing a patch to be applied to the resource.
            recursive,R bool Process the directory used in -f, --filename recursively.
            subresource string If specified, patch will operate on the subresource of the requested object.
            type string=strategic The type of patch being provided; one of [json merge strategic].
            """;

    private PatchCommand() {}

    static int run(Run run) {
        String type = run.text("type");
        String media =
                switch (type) {
                    case "json" -> "application/json-patch+json";
                    case "merge" -> MERGE;
                    case "strategic" -> STRATEGIC;
                    default ->
                        throw Failure.error("--type must be one of [json merge strategic], not \"" + type + "\"");
                };
        String text = run.text("patch");
        if (text.isEmpty() && run.text("patch-file").isEmpty()) {
            throw Failure.error("must specify --patch or --patch-file containing the contents of the patch");
        }
        if (text.isEmpty()) {
            try {
                text = Files.readString(run.invocation().directory().resolve(run.text("patch-file")));
            } catch (IOException absent) {
                throw Failure.error(
                        "unable to read patch file: open " + run.text("patch-file") + ": no such file or directory",
                        absent);
            }
        }
        String patch = json(text);
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : targets(run, builder)) {
            try {
                Tree before = run.client().get(info.path());
                if (results.dryClient()) {
                    results.print(info.with(before), "patched");
                    continue;
                }
                Tree after = send(run, results, info, run.text("subresource"), media, patch);
                boolean same =
                        after.text("metadata", "resourceVersion").equals(before.text("metadata", "resourceVersion"));
                results.print(info.with(after), same && !results.dryServer() ? "patched (no change)" : "patched");
            } catch (Failure failure) {
                builder.failures().add(failure);
            }
        }
        return GetCommand.failed(run, builder);
    }

    private static String json(String text) {
        try {
            Json.parse(text);
            return text;
        } catch (ParseException notJson) {
            try {
                Object tree = Yaml.parse(text);
                return tree instanceof Map || tree instanceof List ? Json.compact(tree) : text;
            } catch (ParseException neither) {
                return text;
            }
        }
    }

    /** The objects of files or of TYPE NAME; at least one. */
    static List<Info> targets(Run run, ResourceBuilder builder) {
        if (new Manifests(run).isGiven()) {
            return builder.files();
        }
        List<String> arguments = run.arguments();
        if (arguments.isEmpty()) {
            throw Failure.error("must specify one of -f and -k");
        }
        if (!ResourceBuilder.namesGiven(arguments)) {
            boolean selected = run.on("all")
                    || !run.text("selector").isEmpty()
                    || !run.text("field-selector").isEmpty();
            List<dev.kuar.kubectl.rest.ApiResource> types = builder.types(arguments.get(0));
            if (!selected) {
                throw Failure.error("resource(s) were provided, but no name was specified");
            }
            return builder.listed(types);
        }
        return builder.named(arguments);
    }

    static Tree send(Run run, Results results, Info info, String subresource, String media, Object patch) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("dryRun", results.dryRunParameter());
        query.put("fieldManager", run.text("field-manager"));
        String path = info.path() + (subresource.isEmpty() ? "" : "/" + subresource);
        return run.client().send("PATCH", Urls.query(path, query), media, patch);
    }

    /** What strategic merge is to be for a resource: that, or a plain merge for custom ones. */
    static String mediaFor(Info info) {
        return BuiltIn.isBuiltIn(info.resource()) ? STRATEGIC : MERGE;
    }
}
