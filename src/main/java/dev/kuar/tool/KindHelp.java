package dev.kuar.tool;

import java.util.List;
import java.util.Map;

/** What {@code kind --help} says of the commands that the stand-in has. */
final class KindHelp {
    private static final Map<String, String> GROUPS = Map.of(
            "create", "Creates one of local Kubernetes cluster (cluster)",
            "delete", "Deletes one of [cluster]",
            "export", "Exports one of [kubeconfig, logs]",
            "get", "Gets one of [clusters, nodes, kubeconfig]",
            "load", "Loads images into nodes");

    private KindHelp() {}

    static boolean isGroup(String word) {
        return GROUPS.containsKey(word);
    }

    static boolean wanted(List<String> line) {
        return line.contains("--help")
                || line.contains("-h")
                || line.stream().findFirst().filter("help"::equals).isPresent();
    }

    static String text(String command) {
        return switch (command) {
            case "create cluster" -> """
                Creates a local Kubernetes cluster using Docker container 'nodes'

                Usage:
                  kind create cluster [flags]

                Flags:
                      --config string       path to a kind config file
                  -h, --help                help for cluster
                      --image string        node docker image to use for booting the cluster
                      --kubeconfig string   sets kubeconfig path instead of $KUBECONFIG or $HOME/.kube/config
                  -n, --name string         cluster name, overrides KIND_CLUSTER_NAME, config (default kind)
                      --retain              retain nodes for debugging when cluster creation fails
                      --wait duration       wait for control plane node to be ready (default 0s)
                """;
            case "delete cluster" -> """
                Deletes a Kind cluster from the system.

                Usage:
                  kind delete cluster [flags]

                Flags:
                  -h, --help                help for cluster
                      --kubeconfig string   sets kubeconfig path instead of $KUBECONFIG or $HOME/.kube/config
                  -n, --name string         the cluster name (default "kind")
                """;
            case "create", "delete", "export", "get", "load" ->
                GROUPS.get(command) + "\n\nUsage:\n  kind " + command + " [command]\n";
            default -> """
                kind creates and manages local Kubernetes clusters using Docker container 'nodes'

                Usage:
                  kind [command]

                Available Commands:
                  create      Creates one of local Kubernetes cluster (cluster)
                  delete      Deletes one of [cluster]
                  export      Exports one of [kubeconfig, logs]
                  get         Gets one of [clusters, nodes, kubeconfig]
                  help        Help about any command
                  load        Loads images into nodes
                  version     Prints the kind CLI version

                Flags:
                  -h, --help              help for kind
                  -q, --quiet             silence all stderr output
                      --version           version for kind
                """;
        };
    }
}
