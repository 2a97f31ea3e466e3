package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.time.Duration;

/** {@code kubectl scale}. */
final class ScaleCommand {
    static final String FLAGS = Results.FLAGS + """
            all bool Select all resources in the namespace of the specified resource types.
            current-replicas int=-1 Precondition for current size.
            filename,f strings Filename, directory, or URL to files identifying the resource to set a new size.
            kustomize,k string Process the kustomization directory.
            recursive,R bool Process the directory used in -f, --filename recursively.
            replicas int=-1 The new desired number of replicas. Required.
            resource-version string Precondition for resource version.
            selector,l string Selector (label query) to filter on.
            timeout duration=0s The length of time to wait before giving up on a scale operation.
            """;

    private ScaleCommand() {}

    static int run(Run run) {
        if (!run.flags().changed("replicas")) {
            throw Failure.error("required flag(s) \"replicas\" not set");
        }
        long replicas = run.flags().number("replicas");
        if (replicas < 0) {
            throw Failure.error("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
        }
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : builder.fetch(PatchCommand.targets(run, builder))) {
            try {
                if (!results.dryClient()) {
                    scale(run, results, info, replicas);
                }
                results.print(info, "scaled");
            } catch (Failure failure) {
                builder.failures().add(failure);
            }
        }
        return GetCommand.failed(run, builder);
    }

    private static void scale(Run run, Results results, Info info, long replicas) {
        long current = run.flags().number("current-replicas");
        Tree scale = run.client().get(info.path() + "/scale");
        if (current >= 0 && scale.number(0, "spec", "replicas") != current) {
            throw Failure.error("Expected replicas to be " + current + ", was " + scale.number(0, "spec", "replicas"));
        }
        run.client()
                .send(
                        "PATCH",
                        Urls.query(info.path() + "/scale", java.util.Map.of("dryRun", results.dryRunParameter())),
                        PatchCommand.MERGE,
                        Tree.mapOf("spec", Tree.mapOf("replicas", replicas)));
        Duration limit = run.flags().duration("timeout");
        if (!limit.isZero()) {
            new Waiting(run)
                    .until(
                            info,
                            limit,
                            object -> object.isPresent() && object.get().number(0, "status", "replicas") == replicas);
        }
    }
}
