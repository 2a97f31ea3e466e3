package dev.kuar.cli;

import dev.kuar.cluster.Clusters;
import dev.kuar.error.UserException;
import dev.kuar.guard.Guard;
import dev.kuar.guard.GuardReason;
import dev.kuar.output.SafeText;
import dev.kuar.output.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar cluster adopt}: shows where a context leads, and opens it for changes after a yes. */
@Command(
        name = "adopt",
        description = "Let kuar change a cluster of your own, after showing which it is.",
        footer = {"  kuar cluster adopt my-context", "  kuar cluster adopt my-context --yes"})
final class ClusterAdoptCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "CONTEXT", description = "As cluster list names it.")
    String name = "";

    @Option(names = "--yes", description = "Don't ask.")
    boolean yes;

    ClusterAdoptCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Clusters clusters = context.host().clusters();
        Guard.Foreign foreign = clusters.inspect(name);
        context.console()
                .print(Table.titled("CONTEXT", SafeText.of(foreign.context()))
                        .row("SERVER", SafeText.of(foreign.server()))
                        .row("USER", SafeText.of(foreign.user()))
                        .row("VERSION", SafeText.of(foreign.version()))
                        .row("IDENTITY", foreign.uid().isEmpty() ? "-" : SafeText.of(foreign.uid())));
        if (!yes && !Question.yes(context, "cluster.adopt-question", SafeText.of(name))) {
            throw UserException.saying(GuardReason.NOT_CONFIRMED, "cluster.not-adopted", name);
        }
        clusters.adopt(foreign);
        context.console().say("cluster.adopted", SafeText.of(name));
        return 0;
    }
}
