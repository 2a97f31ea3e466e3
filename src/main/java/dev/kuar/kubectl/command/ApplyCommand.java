package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.patch.StrategicMerge;
import dev.kuar.kubectl.patch.ThreeWay;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code kubectl apply}: makes the cluster's objects what the files say, by a three-way patch or on the server. */
final class ApplyCommand {
    static final String FLAGS = Results.FLAGS + """
            all bool Select all resources in the namespace of the specified resource types.
            cascade string=background|background Must be "background", "orphan", or "foreground".
            field-manager string Name of the manager used to track field ownership.
            filename,f strings The files that contain the configurations to apply.
            force bool If true, immediately remove resources from API and bypass graceful deletion.
            force-conflicts bool If true, server-side apply will force the changes against conflicts.
            grace-period int=-1 Period of time in seconds given to the resource to terminate gracefully.
            kustomize,k string Process a kustomization directory.
            openapi-patch bool=true If true, use openapi to calculate diff.
            overwrite bool=true Automatically resolve conflicts between the modified and live configuration.
            prune bool Automatically delete resource objects that do not appear in the configs.
            prune-allowlist array Overwrite the default allowlist with <group/version/kind> for --prune.
            recursive,R bool Process the directory used in -f, --filename recursively.
            selector,l string Selector (label query) to filter on.
            server-side bool If true, apply runs in the server instead of the client.
            subresource string If specified, apply will operate on the subresource of the requested object.
            timeout duration=0s The length of time to wait before giving up on a delete.
            validate string=strict|strict Must be one of: strict (or true), warn, ignore (or false).
            wait bool If true, wait for resources to be gone before returning.
            """;
    private static final int TRIES = 5;

    private final Run run;
    private final Results results;
    private final Set<String> applied = new HashSet<>();

    private ApplyCommand(Run run) {
        this.run = run;
        this.results = new Results(run);
    }

    static int run(Run run) {
        if (!run.arguments().isEmpty()) {
            throw run.usage("Unexpected args: [" + String.join(" ", run.arguments()) + "]");
        }
        if (!new Manifests(run).isGiven()) {
            throw Failure.error("must specify one of -f and -k");
        }
        if (run.on("force-conflicts") && !run.on("server-side")) {
            throw Failure.error("--force-conflicts only works with --server-side");
        }
        if (run.on("server-side") && "client".equals(run.text("dry-run"))) {
            throw Failure.error(
                    "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server " + "instead?)");
        }
        if (run.on("prune") && !run.on("all") && run.text("selector").isEmpty()) {
            throw Failure.error("all resources selected for prune without explicitly passing --all. To prune all "
                    + "resources, pass the --all flag. If you did not mean to prune all resources, specify a label "
                    + "selector");
        }
        return new ApplyCommand(run).all();
    }

    private int all() {
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.files()) {
            try {
                one(info);
            } catch (Failure failure) {
                builder.failures().add(failure);
            }
        }
        if (run.on("prune") && builder.failures().isEmpty()) {
            new Pruner(run, results, applied).prune();
        }
        return GetCommand.failed(run, builder);
    }

    private void one(Info info) {
        if (info.name().isEmpty() && info.object().has("metadata", "generateName")) {
            throw Failure.error(
                    "from " + info.object().text("metadata", "generateName") + ": cannot use generate name with apply");
        }
        applied.add(info.resource().groupResource() + "/" + info.namespace() + "/" + info.name());
        if (run.on("server-side")) {
            results.print(info.with(serverSide(info)), "serverside-applied");
            return;
        }
        Tree live;
        try {
            live = run.client().get(info.path());
        } catch (Failure failure) {
            if (!failure.isNotFound()) {
                throw retrieving(failure, info);
            }
            create(info);
            return;
        }
        patch(info, live);
    }

    private static Failure retrieving(Failure failure, Info info) {
        Tree status = failure.status().copy();
        if (!status.isMap()) {
            return failure;
        }
        status.set(
                "error when retrieving current configuration of:\nResource: \""
                        + info.resource().group() + "/"
                        + info.resource().version() + ", Resource="
                        + info.resource().name()
                        + "\", GroupVersionKind: \"" + info.resource().group() + "/"
                        + info.resource().version()
                        + ", Kind=" + info.resource().kind() + "\"\nName: \"" + info.name() + "\", Namespace: \""
                        + info.namespace() + "\"\nfrom server for: \"" + info.source() + "\": "
                        + status.text("message"),
                "message");
        return Failure.ofStatus(status);
    }

    private Map<String, String> parameters(String manager) {
        Map<String, String> query = new LinkedHashMap<>(CreateCommand.parameters(run, results));
        if (query.getOrDefault("fieldManager", "").isEmpty()) {
            query.put("fieldManager", manager);
        }
        return query;
    }

    private Tree serverSide(Info info) {
        Map<String, String> query = parameters("kubectl");
        query.put("force", String.valueOf(run.on("force-conflicts")));
        try {
            return run.client()
                    .send(
                            "PATCH",
                            Urls.query(info.path(), query),
                            "application/apply-patch+yaml",
                            info.object().value());
        } catch (Failure failure) {
            if (!failure.isConflict()) {
                throw failure;
            }
            throw Failure.error(failure.bare().startsWith("Apply failed") ? conflict(failure) : failure.bare());
        }
    }

    private static String conflict(Failure failure) {
        return failure.bare()
                + "\nPlease review the fields above--they currently have other managers. Here\nare the ways you can "
                + "resolve this warning:\n* If you intend to manage all of these fields, please re-run the apply\n  "
                + "command with the `--force-conflicts` flag.\n* If you do not intend to manage all of the fields, "
                + "please edit your\n  manifest to remove references to the fields that should keep their\n  current "
                + "managers.\n* You may co-own fields by updating your manifest to match the existing\n  value; in "
                + "this case, you'll become the manager if the other manager(s)\n  stop managing the field (remove it "
                + "from their configuration).\nSee https://kubernetes.io/docs/reference/using-api/server-side-apply/"
                + "#conflicts";
    }

    private void create(Info info) {
        CreateCommand.saveConfig(info.object());
        Info made = info;
        if (!results.dryClient()) {
            try {
                String path = Urls.query(info.collection(), parameters("kubectl-client-side-apply"));
                made = info.with(run.client().send("POST", path, info.object().value()));
            } catch (Failure failure) {
                throw failure.during("creating", info.source());
            }
        }
        results.print(made, "created");
    }

    private void patch(Info info, Tree live) {
        String before = live.text("metadata", "annotations", CreateCommand.LAST_APPLIED);
        if (before.isEmpty()) {
            String name = info.resource().groupResource() + "/" + info.name();
            run.warning("resource " + name + " is missing the " + CreateCommand.LAST_APPLIED
                    + " annotation which is required by kubectl apply. kubectl apply should only be used on resources "
                    + "created declaratively by either kubectl create --save-config or kubectl apply. The missing "
                    + "annotation will be patched automatically.");
        }
        CreateCommand.saveConfig(info.object());
        Tree current = live;
        for (int attempt = 1; ; attempt++) {
            try {
                finish(info, current, current.text("metadata", "annotations", CreateCommand.LAST_APPLIED));
                return;
            } catch (Failure failure) {
                if (!failure.isConflict() || attempt == TRIES) {
                    throw applying(failure, info);
                }
                run.cancellation().pause(Duration.ofMillis(200));
                current = run.client().get(info.path());
            }
        }
    }

    private static Failure applying(Failure failure, Info info) {
        if (!failure.status().isMap()) {
            return failure;
        }
        Tree status = failure.status().copy();
        status.set("error when applying patch: " + status.text("message"), "message");
        return "Invalid".equals(failure.reason())
                ? failure
                : Failure.ofStatus(status).during("patching", info.source());
    }

    private void finish(Info info, Tree live, String lastApplied) {
        Tree last = lastApplied.isEmpty() ? Tree.NONE : new Tree(Json.parse(lastApplied));
        boolean strategic = BuiltIn.isBuiltIn(info.resource());
        Map<String, Object> patch = new ThreeWay(strategic, info.resource().kind()).patch(last, info.object(), live);
        if (patch.isEmpty()) {
            results.print(info.with(live), "unchanged");
            return;
        }
        if (results.dryClient()) {
            Tree merged = live.copy();
            StrategicMerge.apply(merged, new Tree(patch).copy());
            results.print(info.with(merged), "configured");
            return;
        }
        String path = Urls.query(info.path(), parameters("kubectl-client-side-apply"));
        Tree answer = run.client()
                .send(
                        "PATCH",
                        path,
                        strategic ? "application/strategic-merge-patch+json" : "application/merge-patch+json",
                        patch);
        results.print(info.with(answer), "configured");
    }
}
