package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl cordon, uncordon} and {@code taint}. */
final class NodeCommands {
    static final String FLAGS = Results.FLAGS + """
            all bool Select all nodes in the cluster.
            field-manager string=kubectl-taint Name of the manager used to track field ownership.
            overwrite bool If true, allow taints to be overwritten.
            selector,l string Selector (label query) to filter on.
            """;

    private NodeCommands() {}

    static int cordon(Run run) {
        return schedulable(run, true);
    }

    static int uncordon(Run run) {
        return schedulable(run, false);
    }

    private static int schedulable(Run run, boolean cordon) {
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        if (run.arguments().isEmpty() && run.text("selector").isEmpty()) {
            throw run.usage((cordon ? "cordon" : "uncordon") + " NODE");
        }
        var nodes = run.mapper().require("nodes");
        List<Info> infos = new ArrayList<>();
        if (run.arguments().isEmpty()) {
            infos.addAll(builder.listed(List.of(nodes)));
        } else {
            List<Info> named = new ArrayList<>();
            run.arguments().forEach(name -> named.add(builder.info(nodes, name.replaceFirst("^nodes?/", ""))));
            infos.addAll(builder.fetch(named));
        }
        for (Info info : infos) {
            if (info.object().flag("spec", "unschedulable") == cordon) {
                run.line(info.label() + " already " + (cordon ? "cordoned" : "uncordoned") + results.suffix());
                continue;
            }
            if (!results.dryClient()) {
                Map<String, Object> spec = new LinkedHashMap<>();
                Tree.put(spec, "unschedulable", cordon ? Boolean.TRUE : null);
                PatchCommand.send(run, results, info, "", PatchCommand.STRATEGIC, Tree.mapOf("spec", spec));
            }
            results.print(info, cordon ? "cordoned" : "uncordoned");
        }
        return GetCommand.failed(run, builder);
    }

    static int taint(Run run) {
        List<String> changes = new ArrayList<>(run.arguments().stream()
                .filter(word -> word.contains(":") || word.endsWith("-"))
                .toList());
        run.arguments().removeAll(changes);
        if (changes.isEmpty()) {
            throw Failure.error("at least one taint update is required");
        }
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.fetch(PatchCommand.targets(run, builder))) {
            List<Object> taints = new ArrayList<>();
            info.object().items("spec", "taints").forEach(taint -> taints.add(taint.map()));
            boolean removed = false;
            int before = taints.size();
            for (String change : changes) {
                removed |= change(info, taints, change, run.on("overwrite"));
            }
            Info after = info;
            if (!results.dryClient()) {
                Map<String, Object> spec = new LinkedHashMap<>();
                Tree.put(spec, "taints", taints.isEmpty() ? null : taints);
                after = info.with(
                        PatchCommand.send(run, results, info, "", PatchCommand.MERGE, Tree.mapOf("spec", spec)));
            }
            results.print(after, removed ? "untainted" : taints.size() > before ? "tainted" : "modified");
        }
        return GetCommand.failed(run, builder);
    }

    /** Whether the change took a taint away. */
    private static boolean change(Info info, List<Object> taints, String change, boolean overwrite) {
        boolean remove = change.endsWith("-");
        String[] parts = (remove ? change.substring(0, change.length() - 1) : change).split(":", 2);
        String[] pair = parts[0].split("=", 2);
        String effect = parts.length > 1 ? parts[1] : "";
        if (!remove && !List.of("NoSchedule", "PreferNoSchedule", "NoExecute").contains(effect)) {
            throw Failure.plain("error: invalid taint effect: " + effect
                    + ", unsupported taint effect\nSee 'kubectl taint -h' for help and examples");
        }
        boolean found = taints.removeIf(taint -> {
            Tree tree = new Tree(taint);
            return tree.text("key").equals(pair[0])
                    && (effect.isEmpty() || tree.text("effect").equals(effect))
                    && (remove || overwrite);
        });
        if (remove) {
            if (!found) {
                throw Failure.error("taint \"" + change.substring(0, change.length() - 1) + "\" not found");
            }
            return true;
        }
        boolean exists = taints.stream()
                .map(Tree::new)
                .anyMatch(tree ->
                        tree.text("key").equals(pair[0]) && tree.text("effect").equals(effect));
        if (exists) {
            throw Failure.error("node " + info.name() + " already has " + pair[0] + " taint(s) with same effect(s) and "
                    + "--overwrite is false");
        }
        taints.add(Tree.mapOf("effect", effect, "key", pair[0], "value", pair.length > 1 ? pair[1] : null));
        return false;
    }
}
