package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.patch.StrategicMerge;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code kubectl run}: one pod, perhaps with a session in it. */
final class RunCommand {
    static final String FLAGS = Results.FLAGS + """
            annotations array Annotations to apply to the pod.
            attach bool If true, wait for the Pod to start running, and then attach to the Pod.
            command bool If true and extra arguments are present, use them as the 'command' field.
            env array Environment variables to set in the container.
            expose bool If true, create a ClusterIP service associated with the pod.
            field-manager string=kubectl-run Name of the manager used to track field ownership.
            grace-period int=-1 Period of time in seconds given to the resource to terminate gracefully.
            image string The image for the container to run.
            image-pull-policy string The image pull policy for the container.
            labels,l string Comma separated labels to apply to the pod.
            leave-stdin-open bool Leave stdin open after the first attach completes.
            now bool If true, resources are signaled for immediate shutdown.
            overrides string An inline JSON override for the generated object.
            override-type string=merge The method used to override the generated object: json, merge, or strategic.
            pod-running-timeout duration=1m0s The length of time to wait until at least one pod is running.
            port string The port that this container exposes.
            privileged bool If true, run the container in privileged mode.
            quiet,q bool If true, suppress prompt messages.
            restart string=Always The restart policy for this Pod.
            rm bool If true, delete the pod after it exits.
            save-config bool If true, save the configuration in its annotation.
            stdin,i bool Keep stdin open on the container in the pod.
            tty,t bool Allocate a TTY for the container in the pod.
            """;
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final Run run;

    private RunCommand(Run run) {
        this.run = run;
    }

    static int run(Run run) {
        if (run.arguments().isEmpty() || run.dash() == 0) {
            throw run.usage("NAME is required for run");
        }
        if (run.text("image").isEmpty()) {
            throw Failure.error("required flag(s) \"image\" not set");
        }
        if (!run.text("image").matches("[a-z0-9][A-Za-z0-9._/:@-]*")) {
            throw Failure.error("Invalid image name \"" + run.text("image") + "\": invalid reference format");
        }
        if (run.on("tty") && !run.on("stdin")) {
            throw run.usage("-i/--stdin is required for containers with -t/--tty=true");
        }
        if (run.on("rm") && !run.on("attach") && !run.on("stdin")) {
            throw run.usage("--rm should only be used for attached containers");
        }
        return new RunCommand(run).create();
    }

    private boolean interactive() {
        return run.on("attach") || run.on("stdin");
    }

    private int create() {
        Results results = new Results(run);
        Map<String, Object> pod = pod();
        if (!run.text("overrides").isEmpty()) {
            Tree merged = new Tree(pod);
            StrategicMerge.apply(merged, new Tree(Json.parse(run.text("overrides"))));
        }
        if (!interactive() || results.dryClient() || results.dryServer()) {
            int code = CreateCommand.generated(run, pod);
            return run.on("expose") ? expose() : code;
        }
        Tree made = run.client()
                .send(
                        "POST",
                        Urls.query(
                                "/api/v1/namespaces/" + Urls.encode(run.namespace()) + "/pods",
                                CreateCommand.parameters(run, results)),
                        pod);
        try {
            return session(made);
        } finally {
            if (run.on("rm")) {
                Info info = new Info(run.mapper().require("pods"), run.namespace(), made.name(), made, "");
                DeleteCommand.quietly(run, info, run.on("now") ? 1 : run.flags().number("grace-period"));
                if (!run.on("quiet")) {
                    run.line("pod \"" + made.name() + "\" deleted from " + run.namespace() + " namespace");
                }
            }
        }
    }

    private int session(Tree made) {
        Info info = new Info(run.mapper().require("pods"), run.namespace(), made.name(), made, "");
        Tree[] last = {made};
        boolean up = new Waiting(run).until(info, run.flags().duration("pod-running-timeout"), object -> {
            object.ifPresent(tree -> last[0] = tree);
            String phase = last[0].text("status", "phase");
            return ENDED.contains(phase) || ("Running".equals(phase) && ready(last[0]));
        });
        if (!up) {
            throw Failure.error("timed out waiting for the condition");
        }
        if (ENDED.contains(last[0].text("status", "phase"))) {
            logs(made.name());
        } else {
            ExecCommand.attach(run, last[0], "", run.on("quiet"));
        }
        if ("Always".equals(run.text("restart")) || run.on("leave-stdin-open")) {
            if (run.on("tty") && !run.on("rm")) {
                run.line("Session ended, resume using 'kubectl attach " + made.name() + " -c " + made.name()
                        + " -i -t' command when the pod is running");
            }
            return 0;
        }
        new Waiting(run).until(info, Duration.ofMinutes(1), object -> {
            object.ifPresent(tree -> last[0] = tree);
            return object.isEmpty() || ENDED.contains(last[0].text("status", "phase"));
        });
        List<Tree> statuses = last[0].items("status", "containerStatuses");
        return statuses.isEmpty() ? 0 : (int) statuses.get(0).number(0, "state", "terminated", "exitCode");
    }

    private static boolean ready(Tree pod) {
        return pod.items("status", "containerStatuses").stream().anyMatch(each -> each.has("state", "running"));
    }

    private void logs(String name) {
        String text = run.client()
                .open(
                        "GET",
                        "/api/v1/namespaces/" + Urls.encode(run.namespace()) + "/pods/" + Urls.encode(name) + "/log",
                        "application/json, */*",
                        "",
                        null)
                .text();
        run.out().print(text);
    }

    private int expose() {
        String name = run.arguments().get(0);
        long port = run.flags().number("port");
        return CreateCommand.generated(
                run,
                Tree.mapOf(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Service",
                        "metadata",
                        Tree.mapOf("name", name),
                        "spec",
                        Tree.mapOf(
                                "ports", Tree.listOf(Tree.mapOf("port", port, "protocol", "TCP", "targetPort", port)),
                                "selector", labels())));
    }

    private Map<String, Object> labels() {
        Map<String, Object> labels = new LinkedHashMap<>();
        String given = run.text("labels");
        if (given.isEmpty()) {
            labels.put("run", run.arguments().get(0));
        }
        for (String pair : given.split(",")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                if (parts.length < 2) {
                    throw Failure.error("unexpected label format: " + pair);
                }
                labels.put(parts[0], parts[1]);
            }
        }
        return labels;
    }

    private Map<String, Object> pod() {
        String name = run.arguments().get(0);
        List<String> words = run.arguments().subList(1, run.arguments().size());
        List<Object> env = new ArrayList<>();
        for (String pair : run.flags().list("env")) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2) {
                throw Failure.error("invalid env: " + pair);
            }
            env.add(Tree.mapOf("name", parts[0], "value", parts[1]));
        }
        String port = run.text("port");
        Map<String, Object> container = Tree.mapOf(
                "name", name,
                "image", run.text("image"),
                "imagePullPolicy", run.text("image-pull-policy").isEmpty() ? null : run.text("image-pull-policy"),
                "command", run.on("command") && !words.isEmpty() ? new ArrayList<Object>(words) : null,
                "args", !run.on("command") && !words.isEmpty() ? new ArrayList<Object>(words) : null,
                "env", env.isEmpty() ? null : env,
                "ports", port.isEmpty() ? null : Tree.listOf(Tree.mapOf("containerPort", Long.valueOf(port))),
                "stdin", run.on("stdin") ? true : null,
                "stdinOnce", (run.on("stdin") && !run.on("leave-stdin-open")) ? true : null,
                "tty", run.on("tty") ? true : null,
                "securityContext", run.on("privileged") ? Tree.mapOf("privileged", true) : null,
                "resources", new LinkedHashMap<String, Object>());
        Map<String, Object> annotations = new LinkedHashMap<>();
        run.flags().list("annotations").forEach(pair -> annotations.put(pair.split("=", 2)[0], pair.split("=", 2)[1]));
        return Tree.mapOf(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Tree.mapOf("name", name, "labels", labels(), "annotations", annotations.isEmpty() ? null : annotations),
                "spec",
                Tree.mapOf(
                        "containers", Tree.listOf(container),
                        "dnsPolicy", "ClusterFirst",
                        "restartPolicy", run.text("restart")),
                "status",
                new LinkedHashMap<String, Object>());
    }
}
