package dev.kuar.kubectl.command;

import static dev.kuar.kubectl.command.CommandSpec.command;

import java.util.List;

/** The commands that proxy, debug, certify, and tell about kubectl itself. */
final class OtherCommands {
    private OtherCommands() {}

    static List<CommandSpec> all() {
        return List.of(
                command(
                        "proxy",
                        "proxy [--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix] [options]",
                        "Run a proxy to the Kubernetes API server.",
                        "kubectl proxy --port=8001",
                        ProxyCommand.FLAGS,
                        ProxyCommand::run),
                command(
                        "cluster-info dump",
                        "cluster-info dump [flags] [options]",
                        "Dump relevant information for debugging and diagnosis.",
                        "",
                        DumpCommand.FLAGS,
                        DumpCommand::run),
                command(
                        "debug",
                        "debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ] [options]",
                        "Create debugging sessions for troubleshooting workloads and nodes.",
                        "kubectl debug web -it --image=busybox:1.36",
                        DebugCommand.FLAGS,
                        DebugCommand::run),
                command(
                        "certificate",
                        "certificate SUBCOMMAND [options]",
                        "Modify certificate resources.",
                        "",
                        "",
                        null),
                command(
                        "certificate approve",
                        "certificate approve (-f FILENAME | NAME) [options]",
                        "Approve a certificate signing request.",
                        "",
                        CertificateCommand.FLAGS,
                        CertificateCommand::approve),
                command(
                        "certificate deny",
                        "certificate deny (-f FILENAME | NAME) [options]",
                        "Deny a certificate signing request.",
                        "",
                        CertificateCommand.FLAGS,
                        CertificateCommand::deny),
                command(
                        "options",
                        "options [flags] [options]",
                        "Print the list of flags inherited by all commands.",
                        "",
                        "",
                        SmallCommands::options),
                command(
                        "plugin",
                        "plugin [flags] [options]",
                        "Provides utilities for interacting with plugins.",
                        "",
                        "",
                        null),
                command(
                        "plugin list",
                        "plugin list [flags] [options]",
                        "List all visible plugin executables on a user's PATH.",
                        "",
                        "",
                        SmallCommands::plugins),
                command(
                        "completion",
                        "completion SHELL [options]",
                        "Output shell completion code for the specified shell.",
                        "",
                        "",
                        SmallCommands::completion));
    }
}
