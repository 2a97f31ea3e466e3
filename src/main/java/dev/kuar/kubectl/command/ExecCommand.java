package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl exec} and {@code kubectl attach}. */
final class ExecCommand {
    static final String FLAGS = """
            container,c string Container name.
            filename,f strings To use to exec into the resource.
            pod-running-timeout duration=1m0s The length of time to wait until at least one pod is running.
            quiet,q bool Only print output from the remote session.
            stdin,i bool Pass stdin to the container.
            tty,t bool Stdin is a TTY.
            """;

    private ExecCommand() {}

    static int exec(Run run) {
        List<String> arguments = run.arguments();
        int dash = run.dash();
        if (dash > 1) {
            throw run.usage("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
        }
        if (arguments.isEmpty() || dash == 0) {
            throw run.usage("pod, type/name or --filename must be specified");
        }
        if (dash < 0 && arguments.size() > 1) {
            throw run.usage("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
        }
        List<String> command = arguments.subList(1, arguments.size());
        if (command.isEmpty()) {
            throw run.usage("you must specify at least one command for the container");
        }
        PodTarget target = new PodTarget(run).entered(arguments.get(0), "exec");
        Tree pod = target.pod(arguments.get(0));
        String phase = pod.text("status", "phase");
        if ("Succeeded".equals(phase) || "Failed".equals(phase)) {
            throw Failure.error("cannot exec into a container in a completed pod; current phase is " + phase);
        }
        String container = target.container(pod, run.text("container"), run.on("quiet"));
        boolean stdin = run.on("stdin");
        boolean tty = tty(run, stdin);
        run.report("v1", "Pod", run.namespace(), pod.name());
        return streams(run, path(target.path(pod.name()) + "/exec", container, stdin, tty, command), stdin, tty);
    }

    private static Map<String, String> streams(String container, boolean stdin, boolean tty) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("container", container);
        query.put("stdin", stdin ? "true" : "");
        query.put("stdout", "true");
        query.put("stderr", tty ? "" : "true");
        query.put("tty", tty ? "true" : "");
        return query;
    }

    static String path(String base, String container, boolean stdin, boolean tty, List<String> command) {
        StringBuilder path = new StringBuilder(Urls.query(base, streams(container, stdin, tty)));
        for (String word : command) {
            path.append("&command=").append(java.net.URLEncoder.encode(word, java.nio.charset.StandardCharsets.UTF_8));
        }
        return path.toString();
    }

    /** Whether a terminal is to be used; says so when it can't. */
    static boolean tty(Run run, boolean stdin) {
        if (!run.on("tty") || !stdin) {
            return false;
        }
        if (!run.invocation().terminal().inputIsTerminal()) {
            run.error("Unable to use a TTY - input is not a terminal or the right kind of file");
            return false;
        }
        return true;
    }

    static int streams(Run run, String path, boolean stdin, boolean tty) {
        OutputStream out = tty ? run.invocation().output() : run.out();
        OutputStream err = tty ? run.invocation().error() : run.err();
        return new RemoteStreams(run, stdin, tty).run(path, out, err);
    }

    static int attach(Run run) {
        if (run.arguments().isEmpty()) {
            throw run.usage("at least 1 argument is required for attach");
        }
        String word = run.arguments().get(0);
        Tree pod = new PodTarget(run).entered(word, "attach").pod(word);
        return attach(run, pod, run.text("container"), run.on("quiet"));
    }

    static int attach(Run run, Tree pod, String wanted, boolean quiet) {
        PodTarget target = new PodTarget(run);
        String phase = pod.text("status", "phase");
        if ("Succeeded".equals(phase) || "Failed".equals(phase)) {
            throw Failure.error("cannot attach a container in a completed pod; current phase is " + phase);
        }
        String container = target.container(pod, wanted, quiet);
        boolean stdin = run.on("stdin");
        boolean tty = tty(run, stdin);
        if (!quiet) {
            run.error("All commands and output from this session will be recorded in container logs, including "
                    + "credentials and sensitive information passed through the command prompt.\n"
                    + "If you don't see a command prompt, try pressing enter.");
        }
        run.report("v1", "Pod", run.namespace(), pod.name());
        return streams(run, path(target.path(pod.name()) + "/attach", container, stdin, tty, List.of()), stdin, tty);
    }
}
