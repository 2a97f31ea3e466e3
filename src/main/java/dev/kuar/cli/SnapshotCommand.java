package dev.kuar.cli;

import dev.kuar.cluster.Clusters;
import dev.kuar.error.Fault;
import dev.kuar.error.UserException;
import dev.kuar.tool.ClusterHost.Hosted;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Parses {@code kuar cluster snapshot}; {@link Clusters} does the work. */
@Command(
        name = "snapshot",
        description = "Write all that a cluster is and holds to a file; it may be in use meanwhile.",
        footer = {
            "  kuar cluster snapshot before-the-lab.kuar",
            "  kuar cluster snapshot my-cluster before-the-lab.kuar"
        })
final class SnapshotCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            paramLabel = "[NAME] FILE",
            arity = "1..2",
            description = "The cluster, the current one without; and the file, which is replaced.")
    List<String> words = List.of();

    SnapshotCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Clusters clusters = context.host().clusters();
        String name = words.size() == 2
                ? clusters.require(words.get(0)).name()
                : clusters.current()
                        .map(Hosted::name)
                        .orElseThrow(() -> UserException.saying(Fault.USAGE, "cluster.none-current"));
        Path file = context.invocation().directory().resolve(words.get(words.size() - 1));
        long revision = clusters.snapshot(name, file);
        context.console().say("cluster.snapshot-written", name, revision, file);
        return 0;
    }
}
