package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.YamlWriter;
import dev.kuar.kubectl.patch.ThreeWay;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.Map;

/** {@code kubectl diff}: what apply would change; exit code 1 when it would change something. */
final class DiffCommand {
    static final String FLAGS = """
            concurrency int=1 Number of objects to process in parallel when diffing against the live version.
            field-manager string=kubectl-client-side-apply Name of the manager used to track field ownership.
            filename,f strings Filename, directory, or URL to files contains the configuration to diff.
            force-conflicts bool If true, server-side apply will force the changes against conflicts.
            kustomize,k string Process the kustomization directory.
            prune bool Include resources that would be deleted by pruning.
            prune-allowlist array Overwrite the default allowlist with <group/version/kind> for --prune.
            recursive,R bool Process the directory used in -f, --filename recursively.
            selector,l string Selector (label query) to filter on.
            server-side bool If true, apply runs in the server instead of the client.
            show-managed-fields bool If true, include managed fields in the diff.
            """;

    private DiffCommand() {}

    static int run(Run run) {
        if (!new Manifests(run).isGiven()) {
            throw Failure.exit(2, "error: must specify one of -f and -k");
        }
        boolean different = false;
        try {
            ResourceBuilder builder = new ResourceBuilder(run);
            for (Info info : builder.files()) {
                different |= one(run, info);
            }
            builder.raise();
        } catch (Failure failure) {
            throw Failure.exit(2, failure.text());
        }
        return different ? 1 : 0;
    }

    private static boolean one(Run run, Info info) {
        Tree live;
        try {
            live = run.client().get(info.path());
        } catch (Failure failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
            live = Tree.NONE;
        }
        Tree merged = merged(run, info, live);
        String before = live.isMap() ? YamlWriter.write(shown(run, live).value()) : "";
        String after = YamlWriter.write(shown(run, merged).value());
        String hunks = UnifiedDiff.of(before, after);
        if (hunks.isEmpty()) {
            return false;
        }
        String name = info.resource().apiVersion().replace('/', '.') + "."
                + info.resource().kind() + "." + info.namespace() + "." + info.name();
        run.line("diff -u -N LIVE/" + name + " MERGED/" + name);
        run.line("--- LIVE/" + name);
        run.line("+++ MERGED/" + name);
        run.out().print(hunks);
        return true;
    }

    private static Tree shown(Run run, Tree object) {
        Tree copy = object.copy();
        if (!run.on("show-managed-fields")) {
            copy.at("metadata").set(null, "managedFields");
        }
        if ("Secret".equals(copy.kind())) {
            copy.map("data").replaceAll((key, value) -> "***");
        }
        return copy;
    }

    private static Tree merged(Run run, Info info, Tree live) {
        Map<String, String> query = new java.util.LinkedHashMap<>();
        query.put("dryRun", "All");
        query.put("fieldManager", run.text("field-manager"));
        if (run.on("server-side")) {
            query.put("force", String.valueOf(run.on("force-conflicts")));
            return run.client()
                    .send(
                            "PATCH",
                            Urls.query(info.path(), query),
                            "application/apply-patch+yaml",
                            info.object().value());
        }
        if (!live.isMap()) {
            return run.client()
                    .send(
                            "POST",
                            Urls.query(info.collection(), query),
                            info.object().value());
        }
        String text = live.text("metadata", "annotations", CreateCommand.LAST_APPLIED);
        Tree last = text.isEmpty() ? Tree.NONE : new Tree(Json.parse(text));
        if (last.has("metadata", "annotations")
                && last.map("metadata", "annotations").isEmpty()) {
            last.at("metadata").map().remove("annotations");
        }
        boolean strategic = BuiltIn.isBuiltIn(info.resource());
        Map<String, Object> patch = new ThreeWay(strategic, info.resource().kind()).patch(last, info.object(), live);
        return patch.isEmpty()
                ? live
                : run.client().send("PATCH", Urls.query(info.path(), query), PatchCommand.mediaFor(info), patch);
    }
}
