package dev.kuar.tool;

/** What {@code minikube --help} says of the commands that the stand-in has. */
final class MinikubeHelp {
    private MinikubeHelp() {}

    static String text(String command) {
        return switch (command) {
            case "start" -> """
                Starts a local Kubernetes cluster

                Options:
                    --driver='': Used to specify the driver to run Kubernetes in.
                    --keep-context=false: This will keep the existing kubectl context and will create a minikube context.
                    --kubernetes-version='': The Kubernetes version that the minikube VM will use
                    -n, --nodes=1: The total number of nodes to spin up. Defaults to 1.
                    -p, --profile='minikube': The name of the minikube VM being used.

                Usage:
                  minikube start [flags] [options]
                """;
            case "stop" -> "Stops a local Kubernetes cluster.\n\nUsage:\n  minikube stop [flags] [options]\n";
            case "addons" -> """
                addons modifies minikube addons files using subcommands like "minikube addons enable dashboard"

                Available Commands:
                  disable       Disables the addon w/ADDON_NAME within minikube (example: minikube addons disable dashboard). For a list of available addons use: minikube addons list
                  enable        Enables the addon w/ADDON_NAME within minikube. For a list of available addons use: minikube addons list
                  list          Lists all available minikube addons as well as their current statuses (enabled/disabled)

                Usage:
                  minikube addons SUBCOMMAND [flags]
                """;
            case "delete" -> "Deletes a local Kubernetes cluster.\n\nUsage:\n  minikube delete [flags] [options]\n";
            default -> """
                minikube provisions and manages local Kubernetes clusters optimized for development workflows.

                Basic Commands:
                  start            Starts a local Kubernetes cluster
                  status           Gets the status of a local Kubernetes cluster
                  stop             Stops a running local Kubernetes cluster
                  delete           Deletes a local Kubernetes cluster

                Configuration and Management Commands:
                  addons           Enable or disable a minikube addon
                  node             list nodes
                  profile          Get or list the current profiles (clusters)
                  ip               Retrieves the IP address of the specified node
                  version          Print the version of minikube

                Use "minikube <command> --help" for more information about a given command.
                """;
        };
    }
}
