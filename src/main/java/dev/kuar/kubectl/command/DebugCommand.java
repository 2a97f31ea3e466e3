package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kubectl debug}: an ephemeral container in a running pod. */
final class DebugCommand {
    static final String FLAGS = """
            arguments-only bool If specified, everything after -- will be passed to the new container as Args.
            attach bool If true, wait for the container to start running, and then attach.
            container,c string Container name to use for debug container.
            env array Environment variables to set in the container.
            image string Container image to use for debug container.
            image-pull-policy string The image pull policy for the container.
            profile string=general Options are "legacy", "general", "baseline", "netadmin", "restricted" or "sysadmin".
            quiet,q bool If true, suppress informational messages.
            share-processes bool=true When used with '--copy-to', enable process namespace sharing in the copy.
            stdin,i bool Keep stdin open on the container(s) in the pod.
            target string Target processes in this container name.
            tty,t bool Allocate a TTY for the debugging container.
            """;

    private DebugCommand() {}

    static int run(Run run) {
        if (run.arguments().isEmpty() || run.dash() == 0) {
            throw run.usage("NAME is required for debug");
        }
        if (run.text("image").isEmpty()) {
            throw run.usage("you must specify --image, --copy-to or --set-image");
        }
        PodTarget target = new PodTarget(run);
        Tree pod = target.pod(run.arguments().get(0));
        String name = run.text("container").isEmpty() ? free(pod, run) : run.text("container");
        List<String> words = run.arguments().subList(1, run.arguments().size());
        List<Object> env = new ArrayList<>();
        run.flags()
                .list("env")
                .forEach(pair -> env.add(Tree.mapOf("name", pair.split("=", 2)[0], "value", pair.split("=", 2)[1])));
        Map<String, Object> container = Tree.mapOf(
                "name", name,
                "image", run.text("image"),
                "imagePullPolicy", run.text("image-pull-policy").isEmpty() ? null : run.text("image-pull-policy"),
                "command", words.isEmpty() || run.on("arguments-only") ? null : new ArrayList<Object>(words),
                "args", words.isEmpty() || !run.on("arguments-only") ? null : new ArrayList<Object>(words),
                "env", env.isEmpty() ? null : env,
                "stdin", run.on("stdin") ? true : null,
                "tty", run.on("tty") ? true : null,
                "targetContainerName", run.text("target").isEmpty() ? null : run.text("target"),
                "terminationMessagePolicy", "File",
                "resources", new java.util.LinkedHashMap<String, Object>());
        if (!run.text("target").isEmpty() && !run.on("quiet")) {
            run.line("Targeting container \"" + run.text("target")
                    + "\". If you don't see processes from this container it may be because the container runtime "
                    + "doesn't support this feature.");
        }
        if (run.text("container").isEmpty() && !run.on("quiet")) {
            run.line("Defaulting debug container name to " + name + ".");
        }
        Map<String, Object> patch = Tree.mapOf("spec", Tree.mapOf("ephemeralContainers", Tree.listOf(container)));
        run.client().send("PATCH", target.path(pod.name()) + "/ephemeralcontainers", PatchCommand.STRATEGIC, patch);
        run.report("v1", "Pod", run.namespace(), pod.name());
        return run.on("stdin") || run.on("attach") ? session(run, pod, name) : 0;
    }

    private static String free(Tree pod, Run run) {
        String letters = "bcdfghjklmnpqrstvwxz2456789";
        java.util.Random random = new java.util.Random(run.clock().millis());
        StringBuilder name = new StringBuilder("debugger-");
        for (int i = 0; i < 5; i++) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        return PodTarget.names(pod, "ephemeralContainers").contains(name.toString()) ? free(pod, run) : name.toString();
    }

    private static int session(Run run, Tree pod, String name) {
        Info info = new Info(run.mapper().require("pods"), run.namespace(), pod.name(), pod, "");
        Tree[] last = {pod};
        boolean up = new Waiting(run).until(info, Duration.ofMinutes(1), object -> {
            object.ifPresent(tree -> last[0] = tree);
            return last[0].items("status", "ephemeralContainerStatuses").stream()
                    .anyMatch(each -> each.text("name").equals(name)
                            && (each.has("state", "running") || each.has("state", "terminated")));
        });
        if (!up) {
            throw Failure.error("timed out waiting for the condition");
        }
        return ExecCommand.attach(run, last[0], name, run.on("quiet"));
    }
}
