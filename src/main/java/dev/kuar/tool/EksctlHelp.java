package dev.kuar.tool;

/** What {@code eksctl --help} says of the commands that the stand-in has. */
final class EksctlHelp {
    private EksctlHelp() {}

    static String text(String command) {
        return switch (command) {
            case "create cluster" -> """
                Create a cluster

                Usage: eksctl create cluster [flags]

                General flags:
                  -n, --name string      EKS cluster name (generated if unspecified, e.g. "unique-creature-1700000000")
                  -r, --region string    AWS region
                      --version string   Kubernetes version

                Initial nodegroup flags:
                  -t, --node-type string   node instance type
                  -N, --nodes int          total number of nodes (default 2)

                Output kubeconfig flags:
                      --kubeconfig string   path to write kubeconfig
                      --write-kubeconfig    toggle writing of kubeconfig (default true)
                """;
            case "create" ->
                "Create resource(s)\n\nUsage: eksctl create [command] [flags]\n\nCommands:\n  eksctl create cluster   Create a cluster\n";
            case "get" ->
                "Get resource(s)\n\nUsage: eksctl get [command] [flags]\n\nCommands:\n  eksctl get cluster   Get cluster(s)\n";
            default -> """
                The official CLI for Amazon EKS

                Usage: eksctl [command] [flags]

                Commands:
                  eksctl create   Create resource(s)
                  eksctl get      Get resource(s)
                  eksctl delete   Delete resource(s)
                  eksctl utils    Various utils
                  eksctl version  Output the version of eksctl
                """;
        };
    }
}
