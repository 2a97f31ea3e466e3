package dev.kuar.cli;

import picocli.CommandLine.Command;

/** Groups what is about practice clusters as servers. */
@Command(
        name = "practice",
        description = "Serve practice clusters, and the charts of practice, to other programs.",
        subcommands = {ServeCommand.class, ChartsCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = "  kuar practice serve --nodes 2 --kubeconfig my-kubeconfig")
final class PracticeCommand {}
