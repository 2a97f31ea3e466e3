package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kubectl delete}: deletes, says so, and waits until all is gone. */
final class DeleteCommand {
    static final String FLAGS = """
            all bool Delete all resources, in the namespace of the specified resource types.
            all-namespaces,A bool If present, list the requested object(s) across all namespaces.
            cascade string=background|background Must be "background", "orphan", or "foreground".
            dry-run string=none|unchanged Must be "none", "server", or "client".
            field-selector string Selector (field query) to filter on.
            filename,f strings The files that contain the resource to delete.
            force bool If true, immediately remove resources from API and bypass graceful deletion.
            grace-period int=-1 Period of time in seconds given to the resource to terminate gracefully.
            ignore-not-found bool Treat "resource not found" as a successful delete.
            interactive,i bool If true, delete resource only when user confirms.
            kustomize,k string Process a kustomization directory.
            now bool If true, resources are signaled for immediate shutdown.
            output,o string Output mode. Use "-o name" for shorter output.
            raw string Raw URI to DELETE to the server.
            recursive,R bool Process the directory used in -f, --filename recursively.
            selector,l string Selector (label query) to filter on.
            timeout duration=0s The length of time to wait before giving up on a delete.
            wait bool=true If true, wait for resources to be gone before returning.
            """;

    private final Run run;
    private final boolean dryClient;
    private final boolean dryServer;
    private final long grace;
    private final List<Info> deleted = new ArrayList<>();

    private DeleteCommand(Run run) {
        this.run = run;
        this.dryClient = "client".equals(run.text("dry-run")) || "unchanged".equals(run.text("dry-run"));
        this.dryServer = "server".equals(run.text("dry-run"));
        long period = run.flags().number("grace-period");
        this.grace =
                run.on("now") ? 1 : run.on("force") && period < 0 ? 0 : period == 0 && !run.on("force") ? 1 : period;
    }

    static int run(Run run) {
        String output = run.text("output");
        if (!output.isEmpty() && !"name".equals(output)) {
            throw Failure.error("unexpected -o output mode: " + output + ". We only support '-o name'");
        }
        if (!List.of("background", "orphan", "foreground", "true", "false").contains(run.text("cascade"))) {
            throw Failure.error("invalid cascade value (" + run.text("cascade") + "). Must be \"background\", "
                    + "\"foreground\", or \"orphan\"");
        }
        if (run.on("all") && !run.text("selector").isEmpty()) {
            throw Failure.error("setting 'all' parameter but found a non empty selector. ");
        }
        if (run.on("now") && run.flags().number("grace-period") >= 0) {
            throw Failure.error("--now and --grace-period cannot be specified together");
        }
        return new DeleteCommand(run).delete();
    }

    private int delete() {
        ResourceBuilder builder = new ResourceBuilder(run);
        boolean immediate = run.on("force") && run.flags().number("grace-period") <= 0;
        List<Info> infos = chosen(builder);
        if (immediate && !run.on("now") && !dryClient) {
            run.warning("Immediate deletion does not wait for confirmation that the running resource has been "
                    + "terminated. The resource may continue to run on the cluster indefinitely.");
        }
        for (Info info : infos) {
            try {
                one(info);
            } catch (Failure failure) {
                if (!(failure.isNotFound() && ignoresAbsent())) {
                    builder.failures()
                            .add(info.source().isEmpty() ? failure : failure.during("deleting", info.source()));
                }
            }
        }
        if (infos.isEmpty() && builder.failures().isEmpty()) {
            run.line("No resources found");
        }
        run.out().flush();
        if (run.on("wait")
                && !dryClient
                && !dryServer
                && !(run.on("force") && grace == 0 && !run.flags().changed("wait"))) {
            new Waiting(run).gone(deleted, limit());
        }
        return GetCommand.failed(run, builder);
    }

    private boolean ignoresAbsent() {
        return run.on("ignore-not-found") || (run.on("all") && !run.flags().changed("ignore-not-found"));
    }

    private Duration limit() {
        Duration given = run.flags().duration("timeout");
        return given.isZero() ? Duration.ofDays(7) : given;
    }

    private List<Info> chosen(ResourceBuilder builder) {
        List<String> arguments = run.arguments();
        if (new Manifests(run).isGiven()) {
            return builder.files();
        }
        if (arguments.isEmpty()) {
            throw Failure.error("You must provide one or more resources by argument or filename.\nExample resource "
                    + "specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> "
                    + "<name>'\n   '<resource>'");
        }
        if (ResourceBuilder.namesGiven(arguments)) {
            if (run.on("all-namespaces")) {
                throw Failure.error("a resource cannot be retrieved by name across all namespaces");
            }
            if (!run.text("selector").isEmpty()) {
                throw Failure.error("name cannot be provided when a selector is specified");
            }
            return builder.named(arguments);
        }
        if (!run.on("all")
                && run.text("selector").isEmpty()
                && run.text("field-selector").isEmpty()) {
            builder.types(arguments.get(0));
            throw Failure.error("resource(s) were provided, but no name was specified");
        }
        return builder.listed(builder.types(arguments.get(0)));
    }

    private void one(Info info) {
        Tree answer = Tree.NONE;
        if (!dryClient) {
            Map<String, Object> options = Tree.mapOf(
                    "propagationPolicy",
                    switch (run.text("cascade")) {
                        case "orphan", "false" -> "Orphan";
                        case "foreground" -> "Foreground";
                        default -> "Background";
                    },
                    "gracePeriodSeconds",
                    grace >= 0 ? Long.valueOf(grace) : null);
            if (dryServer) {
                options.put("dryRun", List.of("All"));
            }
            answer = run.client().send("DELETE", info.path(), options);
        } else if (!info.object().isMap() || !info.source().isEmpty()) {
            answer = run.client().get(info.path());
        }
        String uid = answer.textOr(answer.text("metadata", "uid"), "details", "uid");
        deleted.add(new Info(info.resource(), info.namespace(), info.name(), new Tree(Tree.mapOf("uid", uid)), ""));
        print(info);
        run.report(info.resource().apiVersion(), info.resource().kind(), info.namespace(), info.name());
    }

    private void print(Info info) {
        if ("name".equals(run.text("output"))) {
            run.line(info.label());
            return;
        }
        String how = grace == 0 && run.on("force") ? "force deleted" : "deleted";
        String where = info.namespace().isEmpty() ? "" : " from " + info.namespace() + " namespace";
        String dry = dryClient ? " (dry run)" : dryServer ? " (server dry run)" : "";
        run.line(info.resource().singularGroup() + " \"" + info.name() + "\" " + how + where + dry);
    }

    /** Asks that an object be deleted, for commands that do so on the way. */
    static void quietly(Run run, Info info, long grace) {
        run.client()
                .send(
                        "DELETE",
                        Urls.query(info.path(), Map.of()),
                        Tree.mapOf(
                                "propagationPolicy",
                                "Background",
                                "gracePeriodSeconds",
                                grace >= 0 ? Long.valueOf(grace) : null));
    }
}
