package dev.kuar.tool;

import dev.kuar.process.Invocation;
import java.util.ArrayList;
import java.util.List;

/** The stand-in of docker: {@code ps} shows the nodes of kind and minikube as the containers that they would be. */
final class DockerTool extends StandIn {
    private static final Arguments.Flags FLAGS =
            Arguments.Flags.of("filter,f", "format", "all,a!", "quiet,q!", "no-trunc!", "help,h!");

    private final ClusterHost host;

    DockerTool(ClusterHost host) {
        super(List.of());
        this.host = host;
    }

    @Override
    int call(Invocation run) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(run.arguments(), FLAGS);
        } catch (UnknownFlagException e) {
            throw new ToolFailure(
                    125,
                    e.cobraText() + "\n\nUsage:  docker [OPTIONS] COMMAND\n\nRun 'docker --help' for more information");
        }
        String command = arguments.word(0).equals("container") ? arguments.word(1) : arguments.word(0);
        switch (command) {
            case "ps", "ls" -> ps(run, arguments);
            case "version" ->
                run.output().print("Client: Docker Engine - practice stand-in\n Version:           28.4.0\n");
            case "info" ->
                run.output()
                        .print("Server:\n Containers: " + containers().size() + "\n Operating System: kuar practice\n");
            case "", "help" ->
                run.output().print("Usage:  docker [OPTIONS] COMMAND\n\nThis stand-in has: ps, version, info\n");
            default ->
                throw new ToolFailure(
                        1,
                        "docker: unknown command: docker " + command + "\n\nRun 'docker --help' for more information");
        }
        return 0;
    }

    private void ps(Invocation run, Arguments arguments) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("CONTAINER ID", "IMAGE", "STATUS", "NAMES"));
        for (Container container : containers()) {
            if (container.running() || arguments.has("all")) {
                rows.add(List.of(
                        id(container.name()),
                        container.image(),
                        container.running() ? "Up" : "Exited (137)",
                        container.name()));
            }
        }
        if (arguments.has("quiet")) {
            rows.stream().skip(1).forEach(r -> run.output().println(r.get(0)));
        } else {
            run.output().print(Columns.text(rows, 3));
        }
    }

    private List<Container> containers() {
        List<Container> containers = new ArrayList<>();
        for (ClusterHost.Hosted cluster : host.list()) {
            if (cluster.profile().equals(KindTool.PROFILE)) {
                String image = "kindest/node:" + cluster.kubernetesVersion();
                KindGet.nodes(host, cluster.name())
                        .forEach(n -> containers.add(new Container(n, image, cluster.running())));
            } else if (cluster.profile().equals("minikube")) {
                containers.add(new Container(cluster.name(), "gcr.io/k8s-minikube/kicbase:v0.0.48", cluster.running()));
            }
        }
        return containers;
    }

    private static String id(String name) {
        return String.format("%012x", name.hashCode() * 0x9E3779B97F4A7C15L >>> 16);
    }

    private record Container(String name, String image, boolean running) {}
}
