package dev.kuar.tool;

import dev.kuar.process.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code kind get clusters}, {@code kind get nodes}, {@code kind get kubeconfig}. */
final class KindGet {
    private final ClusterHost host;

    KindGet(ClusterHost host) {
        this.host = host;
    }

    int run(Invocation run, List<String> line, KindLog log, String command) {
        switch (command) {
            case "get clusters" -> clusters(run, line, log);
            case "get nodes" -> nodes(run, line, log);
            default -> kubeconfig(run, line);
        }
        return 0;
    }

    private void clusters(Invocation run, List<String> line, KindLog log) {
        Arguments.parse(line, Arguments.Flags.of());
        List<ClusterHost.Hosted> clusters = KindTool.clusters(host);
        if (clusters.isEmpty()) {
            log.say("No kind clusters found.");
        }
        clusters.forEach(c -> run.output().println(c.name()));
    }

    private void nodes(Invocation run, List<String> line, KindLog log) {
        Arguments arguments = Arguments.parse(line, Arguments.Flags.of("name,n", "all-clusters,A!"));
        String name = KindTool.nameOf(run, arguments, KindTool.DEFAULT_NAME);
        List<String> nodes = arguments.has("all-clusters")
                ? KindTool.clusters(host).stream()
                        .flatMap(c -> nodes(host, c.name()).stream())
                        .toList()
                : nodes(host, name);
        if (nodes.isEmpty()) {
            log.say(
                    arguments.has("all-clusters")
                            ? "No kind nodes for any cluster."
                            : "No kind nodes found for cluster \"" + name + "\".");
        }
        nodes.forEach(run.output()::println);
    }

    private void kubeconfig(Invocation run, List<String> line) {
        Arguments arguments = Arguments.parse(line, Arguments.Flags.of("name,n", "internal!"));
        String name = KindTool.nameOf(run, arguments, KindTool.DEFAULT_NAME);
        if (host.find(name).isEmpty()) {
            throw KindTool.error("could not locate any control plane nodes for cluster named '" + name
                    + "'. Use the --name option to select a different cluster");
        }
        run.output().print(KindExport.text(name, host.access(name)));
    }

    /** The nodes of a kind cluster as kind names them; empty where there is no such cluster. */
    static List<String> nodes(ClusterHost host, String name) {
        List<String> nodes = new ArrayList<>();
        host.find(name).filter(c -> c.profile().equals(KindTool.PROFILE)).ifPresent(cluster -> {
            nodes.add(name + "-control-plane");
            for (int i = 1; i < cluster.nodes(); i++) {
                nodes.add(name + "-worker" + (i == 1 ? "" : Integer.toString(i)));
            }
        });
        return nodes;
    }

    /** As Go prints a slice of strings with %q. */
    static String goList(List<String> names) {
        return names.stream().map(n -> '"' + n + '"').collect(Collectors.joining(" ", "[", "]"));
    }
}
