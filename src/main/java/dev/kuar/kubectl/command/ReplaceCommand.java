package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.YamlWriter;
import dev.kuar.kubectl.kustomize.Kustomizer;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.List;

/** {@code kubectl replace}, and {@code kubectl kustomize}, which only prints. */
final class ReplaceCommand {
    static final String FLAGS = Results.FLAGS + """
            cascade string=background|background Must be "background", "orphan", or "foreground".
            field-manager string=kubectl-replace Name of the manager used to track field ownership.
            filename,f strings The files that contain the configurations to replace.
            force bool If true, immediately remove resources from API and bypass graceful deletion.
            grace-period int=-1 Period of time in seconds given to the resource to terminate gracefully.
            kustomize,k string Process a kustomization directory.
            recursive,R bool Process the directory used in -f, --filename recursively.
            save-config bool If true, the configuration of current object will be saved in its annotation.
            timeout duration=0s The length of time to wait before giving up on a delete.
            validate string=strict|strict Must be one of: strict (or true), warn, ignore (or false).
            wait bool If true, wait for resources to be gone before returning.
            """;

    private ReplaceCommand() {}

    static int run(Run run) {
        if (!new Manifests(run).isGiven()) {
            throw Failure.error("must specify one of -f and -k");
        }
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.files()) {
            try {
                one(run, results, info);
            } catch (Failure failure) {
                builder.failures().add(failure.during("replacing", info.source()));
            }
        }
        return GetCommand.failed(run, builder);
    }

    private static void one(Run run, Results results, Info info) {
        if (info.object().has("metadata", "annotations", CreateCommand.LAST_APPLIED) || run.on("save-config")) {
            CreateCommand.saveConfig(info.object());
        }
        if (results.dryClient()) {
            results.print(info, "replaced");
            return;
        }
        if (run.on("force")) {
            force(run, info);
            results.print(info.with(CreateCommand.post(run, info, results)), "replaced");
            return;
        }
        if (!info.object().has("metadata", "resourceVersion")) {
            Tree live = run.client().get(info.path());
            info.object().set(live.text("metadata", "resourceVersion"), "metadata", "resourceVersion");
        }
        Tree after = run.client()
                .send(
                        "PUT",
                        Urls.query(info.path(), CreateCommand.parameters(run, results)),
                        info.object().value());
        results.print(info.with(after), "replaced");
    }

    private static void force(Run run, Info info) {
        try {
            Tree live = run.client().get(info.path());
            DeleteCommand.quietly(run, info, Math.max(0, run.flags().number("grace-period")));
            String where = info.namespace().isEmpty() ? "" : " from " + info.namespace() + " namespace";
            run.line(info.resource().singularGroup() + " \"" + info.name() + "\" deleted" + where);
            Tree uid = new Tree(Tree.mapOf("uid", live.text("metadata", "uid")));
            new Waiting(run)
                    .gone(
                            List.of(new Info(info.resource(), info.namespace(), info.name(), uid, "")),
                            java.time.Duration.ofMinutes(5));
        } catch (Failure failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
        }
    }

    static int kustomize(Run run) {
        String folder = run.arguments().isEmpty() ? "." : run.arguments().get(0);
        boolean first = true;
        for (Tree object : new Kustomizer()
                .build(run.invocation().directory().resolve(folder).normalize())) {
            run.out().print((first ? "" : "---\n") + YamlWriter.write(object.value()));
            first = false;
        }
        return 0;
    }
}
