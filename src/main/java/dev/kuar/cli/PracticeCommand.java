package dev.kuar.cli;

import picocli.CommandLine.Command;

/** Groups what is about practice clusters as servers. */
@Command(
        name = "practice",
        description = "Serve practice clusters to other programs.",
        subcommands = ServeCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class PracticeCommand {}
