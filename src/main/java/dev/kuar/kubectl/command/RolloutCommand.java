package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code kubectl rollout status, pause, resume, restart}. */
final class RolloutCommand {
    static final String FLAGS = Results.FLAGS + """
            field-manager string=kubectl-rollout Name of the manager used to track field ownership.
            filename,f strings Filename, directory, or URL to files identifying the resource.
            kustomize,k string Process the kustomization directory.
            recursive,R bool Process the directory used in -f, --filename recursively.
            revision int=0 See the details, including podTemplate of the revision specified.
            selector,l string Selector (label query) to filter on.
            timeout duration=0s The length of time to wait before ending watch, zero means never.
            to-revision int=0 The revision to rollback to. Default to 0 (last revision).
            watch,w bool=true Watch the status of the rollout until it's done.
            """;

    private RolloutCommand() {}

    private static List<Info> infos(Run run, ResourceBuilder builder) {
        if (run.arguments().isEmpty() && !new Manifests(run).isGiven()) {
            throw Failure.error("required resource not specified");
        }
        if (!new Manifests(run).isGiven() && !ResourceBuilder.namesGiven(run.arguments())) {
            return builder.listed(builder.types(run.arguments().get(0)));
        }
        return builder.fetch(PatchCommand.targets(run, builder));
    }

    static int status(Run run) {
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : infos(run, builder)) {
            String[] last = {""};
            Duration limit = run.flags().duration("timeout");
            boolean done = new Waiting(run)
                    .until(info, limit.isZero() ? Duration.ofDays(7) : limit, object -> step(run, info, object, last));
            if (!done) {
                throw Failure.error("timed out waiting for the condition");
            }
            run.report(info.resource().apiVersion(), info.resource().kind(), info.namespace(), info.name());
        }
        return GetCommand.failed(run, builder);
    }

    private static boolean step(Run run, Info info, Optional<Tree> object, String[] last) {
        if (object.isEmpty()) {
            throw Failure.error("object has been deleted");
        }
        RolloutStatus status = RolloutStatus.of(info.resource().kind(), info.name(), object.get());
        if (!status.text().equals(last[0])) {
            last[0] = status.text();
            run.line(status.text());
            run.out().flush();
        }
        return status.done() || !run.on("watch");
    }

    static int pause(Run run) {
        return change(run, "paused", true);
    }

    static int resume(Run run) {
        return change(run, "resumed", false);
    }

    private static int change(Run run, String done, boolean pause) {
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : infos(run, builder)) {
            if (!"Deployment".equals(info.resource().kind())) {
                builder.failures()
                        .add(Failure.error(info.resource().groupResource() + " \"" + info.name() + "\" "
                                + (pause ? "pausing" : "resuming") + " is not supported"));
                continue;
            }
            if (info.object().flag("spec", "paused") == pause) {
                builder.failures()
                        .add(Failure.error(info.resource().groupResource() + " \"" + info.name() + "\" is "
                                + (pause ? "already paused" : "not paused")));
                continue;
            }
            java.util.Map<String, Object> spec = new java.util.LinkedHashMap<>();
            Tree.put(spec, "paused", pause ? Boolean.TRUE : null);
            Tree after = PatchCommand.send(run, results, info, "", PatchCommand.STRATEGIC, Tree.mapOf("spec", spec));
            results.print(info.with(after), done);
        }
        return GetCommand.failed(run, builder);
    }

    static int restart(Run run) {
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : infos(run, builder)) {
            if (info.object().flag("spec", "paused")) {
                builder.failures()
                        .add(Failure.error(info.resource().groupResource() + " \"" + info.name()
                                + "\" can't restart paused deployment (run rollout resume first)"));
                continue;
            }
            String now = run.clock()
                    .instant()
                    .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                    .toString();
            Tree patch = new Tree(new java.util.LinkedHashMap<String, Object>());
            patch.set(now, "spec", "template", "metadata", "annotations", "kubectl.kubernetes.io/restartedAt");
            Tree after = PatchCommand.send(run, results, info, "", PatchCommand.STRATEGIC, patch.map());
            results.print(info.with(after), "restarted");
        }
        return GetCommand.failed(run, builder);
    }

    static int history(Run run) {
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : infos(run, builder)) {
            run.out().print(new RolloutHistory(run, info).text(run.flags().number("revision")));
            run.report(info.resource().apiVersion(), info.resource().kind(), info.namespace(), info.name());
        }
        return GetCommand.failed(run, builder);
    }

    static int undo(Run run) {
        Results results = new Results(run);
        ResourceBuilder builder = new ResourceBuilder(run);
        for (Info info : infos(run, builder)) {
            if (info.object().flag("spec", "paused")) {
                throw Failure.error("you cannot rollback a paused deployment; resume it first with 'kubectl rollout "
                        + "resume' and try again");
            }
            if (info.object().has("metadata", "annotations", CreateCommand.LAST_APPLIED)) {
                run.warning("resource " + info.resource().name() + "/" + info.name()
                        + " was previously managed with 'kubectl apply'. Rolling back will not update the "
                        + CreateCommand.LAST_APPLIED + " annotation, which may cause unexpected behavior on future "
                        + "'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration "
                        + "file instead.");
            }
            boolean changed =
                    new RolloutHistory(run, info).undo(results, run.flags().number("to-revision"));
            results.print(
                    info,
                    changed
                            ? "rolled back"
                            : "skipped rollback (current template already matches revision "
                                    + run.flags().number("to-revision") + ")");
        }
        return GetCommand.failed(run, builder);
    }
}
