package dev.kuar.kubectl.command;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.Urls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kubectl cluster-info dump}: nodes, and of some namespaces the workloads, events and logs. */
final class DumpCommand {
    static final String FLAGS = Results.FLAGS + """
            all-namespaces,A bool If true, dump all namespaces.
            namespaces strings A comma separated list of namespaces to dump.
            output-directory string Where to output the files. If empty or '-' uses stdout.
            pod-running-timeout duration=20s The length of time to wait until at least one pod is running.
            """;
    private static final List<String> PARTS = List.of(
            "/api/v1|events",
            "/api/v1|replicationcontrollers",
            "/api/v1|services",
            "/apis/apps/v1|daemonsets",
            "/apis/apps/v1|deployments",
            "/apis/apps/v1|replicasets",
            "/api/v1|pods");

    private DumpCommand() {}

    static int run(Run run) {
        print(run, run.client().get("/api/v1/nodes"));
        List<String> namespaces = new ArrayList<>(run.flags().list("namespaces"));
        if (run.on("all-namespaces")) {
            run.client().get("/api/v1/namespaces").items("items").forEach(each -> namespaces.add(each.name()));
        } else if (namespaces.isEmpty()) {
            namespaces.add("kube-system");
            if (!"kube-system".equals(run.namespace())) {
                namespaces.add(run.namespace());
            }
        }
        for (String namespace : namespaces) {
            Tree last = Tree.NONE;
            for (String part : PARTS) {
                String[] pair = part.split("\\|");
                last = run.client().get(pair[0] + "/namespaces/" + Urls.encode(namespace) + "/" + pair[1]);
                print(run, last);
            }
            for (Tree pod : last.items("items")) {
                logs(run, pod);
            }
        }
        return 0;
    }

    private static void print(Run run, Tree list) {
        run.out().print(Json.pretty(list.value(), "    ") + "\n");
    }

    private static void logs(Run run, Tree pod) {
        for (String container : PodTarget.names(pod, "containers")) {
            run.line("==== START logs for container " + container + " of pod " + pod.namespace() + "/" + pod.name()
                    + " ====");
            String path =
                    "/api/v1/namespaces/" + Urls.encode(pod.namespace()) + "/pods/" + Urls.encode(pod.name()) + "/log";
            try {
                run.out()
                        .print(run.client()
                                .open(
                                        "GET",
                                        Urls.query(path, Map.of("container", container)),
                                        "application/json, */*",
                                        "",
                                        null)
                                .text());
            } catch (Failure failure) {
                run.line("Request log error: " + failure.bare());
            }
            run.line("==== END logs for container " + container + " of pod " + pod.namespace() + "/" + pod.name()
                    + " ====");
        }
    }
}
