package dev.kuar.kubectl.command;

import static dev.kuar.kubectl.command.CommandSpec.command;

import java.util.List;

/** The commands that read. */
final class BasicCommands {
    private BasicCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                command(
                        "get",
                        "get [(-o|--output=)FORMAT] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...)"
                                + " [flags] [options]",
                        "Display one or many resources.",
                        "kubectl get pods -A\nkubectl get nodes -o wide\nkubectl get deploy web -o yaml",
                        GetCommand.FLAGS,
                        GetCommand::run),
                command(
                        "describe",
                        "describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME) [options]",
                        "Show details of a specific resource or group of resources.",
                        "kubectl describe nodes NAME\nkubectl describe pod -l app=web",
                        DescribeCommand.FLAGS,
                        DescribeCommand::run),
                command(
                        "explain",
                        "explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext] [options]",
                        "Get documentation for a resource.",
                        "kubectl explain pods\nkubectl explain pods.spec.containers",
                        ExplainCommand.FLAGS,
                        ExplainCommand::run),
                command("top", "top [options]", "Display resource (CPU/memory) usage.", "", "", null),
                command(
                        "top nodes|node|no",
                        "top node [NAME | -l label] [options]",
                        "Display resource (CPU/memory) usage of nodes.",
                        "kubectl top nodes",
                        TopCommand.NODE_FLAGS,
                        TopCommand::nodes),
                command(
                        "top pods|pod|po",
                        "top pod [NAME | -l label] [options]",
                        "Display resource (CPU/memory) usage of pods.",
                        "kubectl top pods -A",
                        TopCommand.POD_FLAGS,
                        TopCommand::pods),
                command(
                        "kustomize",
                        "kustomize DIR [flags] [options]",
                        "Build a kustomization target from a directory or URL.",
                        "kubectl kustomize overlays/test",
                        "",
                        ReplaceCommand::kustomize),
                command(
                        "version",
                        "version [flags] [options]",
                        "Print the client and server version information for the current context.",
                        "kubectl version",
                        VersionCommand.FLAGS,
                        VersionCommand::run),
                command(
                        "cluster-info",
                        "cluster-info [flags] [options]",
                        "Display addresses of the control plane and of services with label "
                                + "kubernetes.io/cluster-service=true.",
                        "kubectl cluster-info",
                        "",
                        ClusterInfoCommand::run),
                command(
                        "api-resources",
                        "api-resources [flags] [options]",
                        "Print the supported API resources on the server.",
                        "kubectl api-resources --api-group=apps",
                        ApiResourcesCommand.FLAGS,
                        ApiResourcesCommand::run),
                command(
                        "api-versions",
                        "api-versions [options]",
                        "Print the supported API versions on the server, in the form of \"group/version\".",
                        "kubectl api-versions",
                        "",
                        ApiResourcesCommand::versions));
    }
}
