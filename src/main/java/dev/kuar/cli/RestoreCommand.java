package dev.kuar.cli;

import dev.kuar.cluster.Clusters;
import dev.kuar.tool.ClusterHost.Hosted;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar cluster restore}; {@link Clusters} does the work. */
@Command(
        name = "restore",
        description = "Make a cluster of what 'cluster snapshot' wrote, and make its context the current one.",
        footer = {
            "  kuar cluster restore before-the-lab.kuar",
            "  kuar cluster restore before-the-lab.kuar --name again"
        })
final class RestoreCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "The snapshot.")
    String file = "";

    @Option(names = "--name", paramLabel = "NAME", description = "The new cluster's name; the one it had without.")
    String name = "";

    RestoreCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Clusters clusters = context.host().clusters();
        Path place = context.invocation().directory().resolve(file);
        Hosted made = clusters.restore(place, name);
        context.console().say("cluster.restored", made.name(), place, clusters.contextOf(made));
        return 0;
    }
}
