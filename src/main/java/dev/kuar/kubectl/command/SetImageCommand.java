package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl set image} and {@code kubectl set env}. */
final class SetImageCommand {
    static final String FLAGS = Results.FLAGS + """
            all bool Select all resources, in the namespace of the specified resource types.
            containers,c string=* The names of containers in the selected pod templates to change.
            env,e array Specify a key-value pair for an environment variable to set into each container.
            field-manager string=kubectl-set Name of the manager used to track field ownership.
            filename,f strings Filename, directory, or URL to files identifying the resource to get from a server.
            kustomize,k string Process the kustomization directory.
            list bool If true, display the environment and any changes in the standard format.
            local bool If true, set will NOT contact api-server but run locally.
            overwrite bool=true If true, allow environment to be overwritten.
            recursive,R bool Process the directory used in -f, --filename recursively.
            selector,l string Selector (label query) to filter on.
            """;

    private SetImageCommand() {}

    private static Map<String, String> takePairs(Run run) {
        Map<String, String> pairs = new LinkedHashMap<>();
        List<String> words = new ArrayList<>(run.arguments());
        words.addAll(run.flags().list("env"));
        for (String word : words) {
            if (word.contains("=")) {
                pairs.put(word.split("=", 2)[0], word.split("=", 2)[1]);
            } else if (word.endsWith("-") && word.length() > 1) {
                pairs.put(word, "");
            }
        }
        run.arguments().removeIf(word -> word.contains("=") || (word.endsWith("-") && word.length() > 1));
        return pairs;
    }

    static Tree podSpec(Info info) {
        Tree object = info.object();
        if (object.has("spec", "jobTemplate")) {
            return object.at("spec", "jobTemplate", "spec", "template", "spec");
        }
        return object.has("spec", "template") ? object.at("spec", "template", "spec") : object.at("spec");
    }

    static Map<String, Object> patch(Info info, Map<String, Object> podSpec) {
        if (info.object().has("spec", "jobTemplate")) {
            return Tree.mapOf(
                    "spec",
                    Tree.mapOf("jobTemplate", Tree.mapOf("spec", Tree.mapOf("template", Tree.mapOf("spec", podSpec)))));
        }
        return info.object().has("spec", "template")
                ? Tree.mapOf("spec", Tree.mapOf("template", Tree.mapOf("spec", podSpec)))
                : Tree.mapOf("spec", podSpec);
    }

    static int image(Run run) {
        Map<String, String> images = takePairs(run);
        if (run.arguments().isEmpty() && !new Manifests(run).isGiven()) {
            throw Failure.error("one or more resources must be specified as <resource> <name> or <resource>/<name>");
        }
        if (images.isEmpty()) {
            throw Failure.error("at least one image update is required");
        }
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.fetch(PatchCommand.targets(run, builder))) {
            Map<String, Object> changes = new LinkedHashMap<>();
            boolean different = false;
            for (String field : List.of("containers", "initContainers")) {
                List<Object> list = new ArrayList<>();
                for (Tree container : podSpec(info).items(field)) {
                    String name = container.text("name");
                    String image = images.getOrDefault(name, images.get("*"));
                    if (image != null) {
                        list.add(Tree.mapOf("name", name, "image", image));
                        different |= !image.equals(container.text("image"));
                    }
                }
                if (!list.isEmpty()) {
                    changes.put(field, list);
                }
            }
            for (String name : images.keySet()) {
                boolean known = "*".equals(name)
                        || changes.values().stream().anyMatch(list -> new Tree(list)
                                .items().stream()
                                        .anyMatch(each -> each.text("name").equals(name)));
                if (!known) {
                    throw Failure.error("unable to find container named \"" + name + "\"");
                }
            }
            if (different) {
                finish(run, results, info, changes, "image updated");
            }
        }
        return GetCommand.failed(run, builder);
    }

    private static void finish(Run run, Results results, Info info, Map<String, Object> changes, String done) {
        Info after = LocalChange.apply(run, results, info, patch(info, changes));
        results.print(after, done);
    }

    static int env(Run run) {
        Map<String, String> pairs = takePairs(run);
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.fetch(PatchCommand.targets(run, builder))) {
            List<Object> containers = new ArrayList<>();
            for (Tree container : podSpec(info).items("containers")) {
                if (run.on("list")) {
                    run.line("# " + info.resource().kind() + " " + info.name() + ", container "
                            + container.text("name"));
                    container.items("env").forEach(each -> run.line(each.text("name") + "=" + each.text("value")));
                    continue;
                }
                List<Object> env = new ArrayList<>();
                pairs.forEach((key, value) -> env.add(
                        key.endsWith("-")
                                ? Tree.mapOf("$patch", "delete", "name", key.substring(0, key.length() - 1))
                                : Tree.mapOf("name", key, "value", value)));
                String wanted = run.text("containers");
                if ("*".equals(wanted) || container.text("name").equals(wanted)) {
                    containers.add(Tree.mapOf("name", container.text("name"), "env", env));
                }
            }
            if (!run.on("list")) {
                finish(run, results, info, Tree.mapOf("containers", containers), "env updated");
            }
        }
        return GetCommand.failed(run, builder);
    }
}
