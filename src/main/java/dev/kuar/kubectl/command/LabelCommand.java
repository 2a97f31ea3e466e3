package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code kubectl label} and {@code kubectl annotate}. */
final class LabelCommand {
    static final String FLAGS = Results.FLAGS + """
            all bool Select all resources, in the namespace of the specified resource types.
            all-namespaces,A bool If true, check the specified action in all namespaces.
            field-manager string Name of the manager used to track field ownership.
            field-selector string Selector (field query) to filter on.
            filename,f strings Filename, directory, or URL to files identifying the resource to update.
            kustomize,k string Process the kustomization directory.
            list bool If true, display the labels for a given resource.
            local bool If true, the command will NOT contact api-server but run locally.
            overwrite bool If true, allow labels to be overwritten.
            recursive,R bool Process the directory used in -f, --filename recursively.
            resource-version string If non-empty, the update will only succeed if this is the current version.
            selector,l string Selector (label query) to filter on.
            """;

    private final Run run;
    private final boolean labels;
    private final Map<String, String> added = new LinkedHashMap<>();
    private final List<String> removed = new ArrayList<>();

    private LabelCommand(Run run, boolean labels) {
        this.run = run;
        this.labels = labels;
    }

    static int label(Run run) {
        return new LabelCommand(run, true).all();
    }

    static int annotate(Run run) {
        return new LabelCommand(run, false).all();
    }

    private String word() {
        return labels ? "label" : "annotation";
    }

    private int all() {
        List<String> resources = new ArrayList<>();
        for (String argument : run.arguments()) {
            boolean change = argument.contains("=") || (argument.endsWith("-") && argument.length() > 1);
            if (change) {
                change(argument);
            } else if (added.isEmpty() && removed.isEmpty()) {
                resources.add(argument);
            } else {
                throw Failure.error("all resources must be specified before " + word() + " changes: " + argument);
            }
        }
        if (resources.isEmpty() && !new Manifests(run).isGiven()) {
            throw Failure.error("one or more resources must be specified as <resource> <name> or <resource>/<name>");
        }
        if (added.isEmpty() && removed.isEmpty() && !run.on("list")) {
            throw Failure.error("at least one " + word() + " update is required");
        }
        run.arguments().clear();
        run.arguments().addAll(resources);
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        List<Info> infos = builder.fetch(PatchCommand.targets(run, builder));
        for (Info info : infos) {
            try {
                one(info, results);
            } catch (Failure failure) {
                builder.failures().add(failure);
            }
        }
        return GetCommand.failed(run, builder);
    }

    private void change(String argument) {
        if (argument.contains("=")) {
            String[] pair = argument.split("=", 2);
            if (labels && !pair[1].matches("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?")) {
                throw Failure.error(
                        "invalid label value: \"" + argument + "\": a valid label must be an empty string or "
                                + "consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
                                + "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for "
                                + "validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
            }
            added.put(pair[0], pair[1]);
        } else {
            removed.add(argument.substring(0, argument.length() - 1));
        }
        for (String key : removed) {
            if (added.containsKey(key)) {
                throw Failure.error("can not both modify and remove " + word() + "s in the same command");
            }
        }
    }

    private void one(Info info, Results results) {
        Map<String, String> now = info.object().textMap("metadata", labels ? "labels" : "annotations");
        if (run.on("list")) {
            now.forEach((key, value) -> run.line(key + "=" + value));
            return;
        }
        if (!run.on("overwrite")) {
            for (Map.Entry<String, String> entry : added.entrySet()) {
                String old = now.get(entry.getKey());
                if (old != null && (!labels || !old.equals(entry.getValue()))) {
                    throw labels
                            ? Failure.error("'" + entry.getKey() + "' already has a value (" + old
                                    + "), and --overwrite is false")
                            : Failure.error("--overwrite is false but found the following declared annotation(s): '"
                                    + entry.getKey() + "' already has a value (" + old + ")");
                }
            }
        }
        Map<String, Object> changes = new LinkedHashMap<>();
        added.forEach((key, value) -> {
            if (!value.equals(now.get(key))) {
                changes.put(key, value);
            }
        });
        for (String key : removed) {
            if (now.containsKey(key)) {
                Tree.put(changes, key, (@Nullable Object) null);
            } else if (labels) {
                run.line("label \"" + key + "\" not found.");
            }
        }
        String done =
                labels ? changes.isEmpty() ? "not labeled" : added.isEmpty() ? "unlabeled" : "labeled" : "annotated";
        Info after = info;
        if (!changes.isEmpty() && !results.dryClient()) {
            Map<String, Object> patch = Tree.mapOf("metadata", Tree.mapOf(labels ? "labels" : "annotations", changes));
            if (!run.text("resource-version").isEmpty()) {
                new Tree(patch).set(run.text("resource-version"), "metadata", "resourceVersion");
            }
            after = info.with(PatchCommand.send(run, results, info, "", PatchCommand.MERGE, patch));
        }
        results.print(after, done);
    }
}
