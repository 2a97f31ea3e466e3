package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl logs}: of a container, of all, of several pods; followed or not. */
final class LogsCommand {
    static final String FLAGS = """
            all-containers bool Get all containers' logs in the pod(s).
            all-pods bool Get logs from all pod(s). Sets prefix to true.
            container,c string Print the logs of this container.
            follow,f bool Specify if the logs should be streamed.
            ignore-errors bool If watching / following pod logs, allow for any errors that occur to be non-fatal.
            insecure-skip-tls-verify-backend bool Skip verifying the identity of the kubelet.
            limit-bytes int=0 Maximum bytes of logs to return.
            max-log-requests int=5 Maximum number of concurrent logs to follow when using by a selector.
            pod-running-timeout duration=20s The length of time to wait until at least one pod is running.
            prefix bool Prefix each log line with the log source (pod name and container name).
            previous,p bool If true, print the logs for the previous instance of the container.
            selector,l string Selector (label query) to filter on.
            since duration=0s Only return logs newer than a relative duration like 5s, 2m, or 3h.
            since-time string Only return logs after a specific date (RFC3339).
            tail int=-1 Lines of recent log file to display.
            timestamps bool Include timestamps on each line in the log output.
            """;

    private final Run run;
    private final PodTarget target;

    private LogsCommand(Run run) {
        this.run = run;
        this.target = new PodTarget(run);
    }

    /** A container whose log is wanted. */
    private record Source(Tree pod, String container) {}

    static int run(Run run) {
        List<String> arguments = run.arguments();
        boolean selector = !run.text("selector").isEmpty();
        if (arguments.isEmpty() && !selector) {
            throw run.usage("expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
                    + "POD or TYPE/NAME is a required argument for the logs command");
        }
        if (selector && !arguments.isEmpty()) {
            throw run.usage("only a selector (-l) or a POD name is allowed");
        }
        if (arguments.size() > 2) {
            throw run.usage("expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
                    + "POD or TYPE/NAME is a required argument for the logs command");
        }
        if (run.on("all-containers") && !run.text("container").isEmpty()) {
            throw Failure.error(
                    "--all-containers=true should not be specified with container name " + run.text("container"));
        }
        if (run.flags().changed("since") && run.flags().changed("since-time")) {
            throw Failure.error("at most one of `sinceTime` or `sinceSeconds` may be specified");
        }
        if (run.flags().number("tail") < -1) {
            throw Failure.error("--tail must be greater than or equal to -1");
        }
        return new LogsCommand(run).logs();
    }

    private int logs() {
        List<Tree> pods;
        boolean selector = !run.text("selector").isEmpty();
        if (selector) {
            pods = target.selected(run.text("selector"), "");
            pods.sort(java.util.Comparator.comparing(Tree::name));
            if (pods.isEmpty()) {
                run.error("No resources found in " + run.namespace() + " namespace.");
                return 0;
            }
        } else {
            List<Tree> found = target.pods(run.arguments().get(0));
            if (found.isEmpty()) {
                throw Failure.error("timed out waiting for the condition");
            }
            if (found.size() > 1 && !run.on("all-pods")) {
                run.error("Found " + found.size() + " pods, using pod/"
                        + found.get(0).name());
            }
            pods = run.on("all-pods") ? found : found.subList(0, 1);
        }
        List<Source> sources = new ArrayList<>();
        pods.forEach(pod -> sources(pod, sources));
        if (run.on("follow") && sources.size() > 1) {
            return followAll(sources);
        }
        for (Source source : sources) {
            stream(source);
        }
        return 0;
    }

    private void sources(Tree pod, List<Source> sources) {
        run.report("v1", "Pod", run.namespace(), pod.name());
        if (run.on("all-containers")) {
            for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
                PodTarget.names(pod, list).forEach(name -> sources.add(new Source(pod, name)));
            }
            return;
        }
        String second = run.arguments().size() > 1 ? run.arguments().get(1) : "";
        String wanted = run.text("container").isEmpty() ? second : run.text("container");
        sources.add(new Source(pod, target.container(pod, wanted, false)));
    }

    private int followAll(List<Source> sources) {
        long most = run.flags().number("max-log-requests");
        if (sources.size() > most) {
            throw Failure.error("you are attempting to follow " + sources.size()
                    + " log streams, but maximum allowed concurrency is " + most
                    + ", use --max-log-requests to increase the limit");
        }
        List<Thread> threads = new ArrayList<>();
        for (Source source : sources) {
            Thread thread = new Thread(() -> stream(source), "kubectl logs");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.exit(130, "");
        }
        return 0;
    }

    private void stream(Source source) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("container", source.container());
        query.put("follow", run.on("follow") ? "true" : "");
        query.put("previous", run.on("previous") ? "true" : "");
        query.put("timestamps", run.on("timestamps") ? "true" : "");
        query.put("sinceTime", run.text("since-time"));
        query.put("limitBytes", run.flags().number("limit-bytes") > 0 ? run.text("limit-bytes") : "");
        if (run.flags().changed("since")) {
            long seconds = (run.flags().duration("since").toMillis() + 999) / 1000;
            query.put("sinceSeconds", String.valueOf(seconds));
        }
        String tail = run.text("tail");
        boolean selected = !run.text("selector").isEmpty() || run.on("all-pods");
        query.put("tailLines", run.flags().changed("tail") ? "-1".equals(tail) ? "" : tail : selected ? "10" : "");
        String path = Urls.query(target.path(source.pod().name()) + "/log", query);
        String prefix = run.on("prefix") || run.on("all-pods")
                ? "[pod/" + source.pod().name() + "/" + source.container() + "] "
                : "";
        copy(path, prefix);
    }

    private void copy(String path, String prefix) {
        try (var answer = run.client().open("GET", path, "application/json, */*", "", null)) {
            if (prefix.isEmpty()) {
                byte[] buffer = new byte[16 << 10];
                for (int count = answer.body().read(buffer);
                        count >= 0;
                        count = answer.body().read(buffer)) {
                    run.out().write(buffer, 0, count);
                    run.out().flush();
                }
                return;
            }
            var reader = new java.io.BufferedReader(
                    new java.io.InputStreamReader(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (run) {
                    run.line(prefix + line);
                    run.out().flush();
                }
            }
        } catch (java.io.IOException cut) {
            if (run.cancellation().isCancelled()) {
                throw Failure.exit(130, "");
            }
            throw Failure.error("unexpected EOF", cut);
        }
    }
}
